alter table quote disable row level security;
alter table quote no force row level security;
