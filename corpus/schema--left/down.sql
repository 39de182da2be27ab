drop table sales.t;
