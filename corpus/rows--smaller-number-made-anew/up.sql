alter table reading alter amount type numeric(4, 2);
