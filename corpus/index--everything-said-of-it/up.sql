drop index t_cluster, t_cluster_all, t_expr;
alter table t drop constraint t_a;
drop index t_id;
alter table t replica identity full;
