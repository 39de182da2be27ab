alter table sale drop constraint sale_till_fkey;
update sale set till = t.id::text from till t where t.shop = sale.shop and t.serial = sale.till;
alter table sale alter till type uuid using till::uuid;
alter table sale add constraint sale_till_fkey foreign key (till) references till;
