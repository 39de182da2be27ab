drop operator === (int, int);
