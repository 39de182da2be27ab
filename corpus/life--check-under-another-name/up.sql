alter table quote drop constraint quote_total;
alter table quote rename total to net;
