alter table t add constraint t_state_check check (((state)::text = any ((array['draft'::character varying])::text[])));
