alter type state rename to state_new;
create type state as enum ('draft', 'sent');
alter table quote alter state type state using (case state::text when 'paid' then 'sent' else state::text end)::state;
drop type state_new;
