update t set v = v - 'a' where jsonb_typeof(v) = 'object';
create index t_v on t using gin (v);
