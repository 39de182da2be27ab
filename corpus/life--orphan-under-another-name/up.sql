alter table visit rename column club to club_id;
alter table visit drop constraint visit_club_fkey;
