alter table visit rename column club_id to club;
alter table visit add constraint visit_club_fkey foreign key (club) references club;
