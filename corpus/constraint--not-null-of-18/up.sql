alter table parent drop constraint a_there;
alter table parent drop constraint b_there;
alter table parent alter a set not null;
alter table child rename constraint child_c_not_null to c_there;
