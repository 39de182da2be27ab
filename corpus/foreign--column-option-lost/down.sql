create foreign table f (a int, b text) server far;
