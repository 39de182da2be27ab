ALTER TRIGGER tidy ON readings RENAME TO trim_notes;
