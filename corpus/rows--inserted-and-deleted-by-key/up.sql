insert into trait (name, settings) values ('nested', '{}');
