alter table lamp add column fixed_to jsonb, add column remark text;
update lamp set (fixed_to, remark) = (fixing.place, fixing.remark) from fixing where fixing.lamp_id = lamp.id;
drop table fixing;
