delete from quote where state::text = 'paid';
alter type state rename to state_new;
create type state as enum ('draft', 'sent');
alter table quote alter state type state using state::text::state;
drop type state_new;
