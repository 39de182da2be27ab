create table hall (id integer primary key, seats integer not null);
create table play (id integer primary key, name text not null);
create table entry (id integer primary key generated always as identity);
create function note_entry() returns trigger language plpgsql as
  $$ begin insert into entry default values; return new; end $$;
create trigger hall_entry before insert on hall for each row execute function note_entry();
