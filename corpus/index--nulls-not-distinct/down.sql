create unique index quote_note_key on quote (note);
