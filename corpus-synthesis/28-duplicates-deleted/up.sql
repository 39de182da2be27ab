DELETE FROM subscribers a USING subscribers b WHERE a.address = b.address AND a.id > b.id;
ALTER TABLE subscribers ADD CONSTRAINT one_each UNIQUE (address);
