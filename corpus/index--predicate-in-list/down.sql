create index t_open_idx on t (id) where ((state)::text = any ((array['draft'::character varying, 'sent'::character varying])::text[]));
