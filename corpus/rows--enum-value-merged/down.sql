create type mood_new as enum ('sad', 'fine', 'happy');
alter table t alter v type mood_new using v::text::mood_new;
drop type mood;
alter type mood_new rename to mood;
