update hall set seats = 10 where seats = 9;
update play set name = 'x' where name = 'y';
