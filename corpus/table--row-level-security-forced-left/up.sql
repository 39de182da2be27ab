alter table quote enable row level security;
alter table quote force row level security;
