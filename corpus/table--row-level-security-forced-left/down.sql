alter table quote disable row level security;
