ALTER TABLE sales DROP CONSTRAINT sales_till_fkey;
ALTER TABLE sales ALTER COLUMN till TYPE text USING till::text;
UPDATE sales SET till = t.serial FROM tills t WHERE sales.till = t.id::text;
ALTER TABLE tills DROP COLUMN id;
ALTER TABLE tills ADD PRIMARY KEY (shop, serial);
ALTER TABLE sales ADD FOREIGN KEY (shop, till) REFERENCES tills (shop, serial);
