ALTER TABLE sales.deals SET SCHEMA attic;
ALTER SCHEMA sales RENAME TO trade;
