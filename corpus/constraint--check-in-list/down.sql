alter table t drop constraint t_state_check;
alter table t add constraint t_state_check check (((state)::text = any ((array['draft'::character varying, 'sent'::character varying])::text[])));
