update lake set depth = 12 where lake.land_id = (select id from land where name = 'Northland') and part is not null and depth is null;
