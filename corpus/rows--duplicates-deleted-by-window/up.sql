delete from customer where id in (select id from (select id, row_number() over (partition by email order by id) as n from customer) numbered where n > 1);
create unique index customer_email on customer (email);
