alter table invitation alter status drop default;
alter table invitation alter status type text;
alter table invitation alter status set default 'pending';
drop type invitation_status;
