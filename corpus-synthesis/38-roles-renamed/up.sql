ALTER ROLE shop_keeper RENAME TO "shop Chief";
ALTER ROLE shop_clerk RENAME TO shop_keeper;
ALTER ROLE "shop Guest" RENAME TO guest;
ALTER TABLE orders RENAME TO sales;
GRANT UPDATE ON sales TO guest;
