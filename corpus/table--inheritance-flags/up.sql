alter table child no inherit parent;
