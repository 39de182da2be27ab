create table p (id integer not null, day date not null) partition by range (day);
create table p_2026 (id integer not null, day date not null);
