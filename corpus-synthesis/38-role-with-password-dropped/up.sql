DROP ROLE shop_clerk;
