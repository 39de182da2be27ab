ALTER TABLE parcels ALTER COLUMN weight TYPE bigint, ALTER COLUMN label TYPE text;
UPDATE parcels SET weight = weight * 1000000000000, label = 'parcel ' || label WHERE id <> 3;
