create table tag (name text not null, pieces integer not null);
insert into tag select unnest(tags), count(*) from tasting group by 1;
