create aggregate total_of(int) (sfunc = int4pl, stype = int, initcond = 0);
