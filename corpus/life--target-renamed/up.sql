alter table club rename column id to number;
alter table visit rename constraint visit_club_fkey to visit_of_club;
