drop operator <== (int, int);
