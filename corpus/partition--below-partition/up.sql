create table p (id int not null, at date not null, kind text not null, primary key (id, at, kind)) partition by range (at);
create table p_2024 partition of p for values from ('2024-01-01') to ('2025-01-01') partition by list (kind);
create table p_2024_a partition of p_2024 for values in ('a');
create table p_rest partition of p default;
create index on p (kind);
