ALTER TABLE parcels DROP COLUMN weight;
