create table t (id int, state varchar(10), constraint t_state_check check (state in ('draft', 'sent')));
