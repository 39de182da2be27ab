drop aggregate total_of(int);
