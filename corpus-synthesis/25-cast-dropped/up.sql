DROP CAST (integer AS pence);
