alter table area alter id type bigint;
alter table spot alter area_id type bigint;
