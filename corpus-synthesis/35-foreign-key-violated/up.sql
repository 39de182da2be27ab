ALTER TABLE stock DROP CONSTRAINT stock_qty_fkey;
