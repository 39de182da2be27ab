alter index public.t_h_idx depends on extension hstore;
