UPDATE pages SET note = upper(note);
ALTER TABLE pages ADD UNIQUE (slug);
