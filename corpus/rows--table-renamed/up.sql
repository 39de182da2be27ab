alter table quote rename to offer;
