create type state as enum ('draft', 'sent');
alter table quote add state state not null default 'draft';
