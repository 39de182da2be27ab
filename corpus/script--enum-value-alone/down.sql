alter type state rename to state_old;
create type state as enum ('draft');
alter table t alter s type state using s::text::state;
drop type state_old;
