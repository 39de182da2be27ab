alter table sale drop constraint sale_till_fkey;
alter table sale alter till type text using till::text;
update sale set till = t.serial from till t where sale.till = t.id::text;
alter table sale add constraint sale_till_fkey foreign key (shop, till) references till (shop, serial);
