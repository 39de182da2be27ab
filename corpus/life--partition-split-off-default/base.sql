create table event (id integer, region text, primary key (id, region)) partition by list (region);
create table event_a partition of event for values in ('a');
create table event_other partition of event default;
