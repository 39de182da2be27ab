alter table spot alter area_id type integer;
alter table area alter id type integer;
