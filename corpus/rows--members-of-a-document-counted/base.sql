create table chat (id integer primary key, messages jsonb not null default '[]');
