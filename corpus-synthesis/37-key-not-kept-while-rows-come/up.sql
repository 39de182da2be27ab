ALTER TABLE parcels DROP CONSTRAINT parcels_pkey;
INSERT INTO parcels VALUES (1, 'once more');
