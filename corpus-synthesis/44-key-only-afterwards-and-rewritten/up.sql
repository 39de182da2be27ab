UPDATE pages SET slug = slug || '-draft' WHERE kind = 'draft';
ALTER TABLE pages ADD UNIQUE (slug);
