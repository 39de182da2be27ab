create type public.invitation_status as enum ('pending', 'taken', 'turned-down');
alter table invitation alter status drop default;
alter table invitation alter status type public.invitation_status using status::public.invitation_status;
alter table invitation alter status set default 'pending';
