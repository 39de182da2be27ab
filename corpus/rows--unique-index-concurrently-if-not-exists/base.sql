create table seat (id integer primary key, place text);
insert into seat values (901, 'front'), (902, 'front');
