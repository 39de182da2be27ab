UPDATE parcels SET weight = 11 WHERE id = 2;
