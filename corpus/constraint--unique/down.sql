alter table quote drop constraint quote_note_key;
