drop index quote_note_key;
