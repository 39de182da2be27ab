alter table visit rename constraint visit_of_club to visit_club_fkey;
alter table club rename column number to id;
