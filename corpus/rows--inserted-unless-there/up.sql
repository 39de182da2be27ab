insert into trait (name, settings) values ('nested', '{}') on conflict do nothing;
