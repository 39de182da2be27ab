drop extension citext;
create extension citext;
