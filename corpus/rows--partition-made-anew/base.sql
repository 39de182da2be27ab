create table p (id integer not null, day date not null) partition by range (day);
create table p_2026 partition of p for values from ('2026-01-01') to ('2027-01-01');
