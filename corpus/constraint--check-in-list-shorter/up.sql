alter table t drop constraint t_state_check;
