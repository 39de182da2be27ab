update person set rights = array_replace(rights, 'chief', 'owner')
where id = (select id from person where 'chief' = any (rights) order by born limit 1);
update person set rights = array_remove(rights, 'chief') where 'chief' = any (rights);
