create table event_rest partition of event default;
