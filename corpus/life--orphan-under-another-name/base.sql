create table club (id integer primary key);
create table visit (id integer primary key, club integer not null constraint visit_club_fkey references club);
