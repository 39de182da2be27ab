alter type state rename to state_old;
create type state as enum ('draft', 'sent');
alter table t alter s drop default;
alter table t alter s type state using s::text::state;
alter table t alter s set default 'draft';
drop type state_old;
