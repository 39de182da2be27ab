create table fixing (lamp_id integer primary key references lamp on delete cascade, place jsonb not null, remark text not null);
insert into fixing select id, fixed_to, coalesce(remark, '') from lamp where fixed_to is not null;
alter table lamp drop column fixed_to, drop column remark;
