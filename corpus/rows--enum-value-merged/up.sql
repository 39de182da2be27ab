create type mood_new as enum ('sad', 'happy');
alter table t alter v type mood_new using (case v when 'fine' then 'happy' else v::text end)::mood_new;
drop type mood;
alter type mood_new rename to mood;
