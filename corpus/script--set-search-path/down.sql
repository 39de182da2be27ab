alter table sales.t drop b;
