drop rule quiet on t;
