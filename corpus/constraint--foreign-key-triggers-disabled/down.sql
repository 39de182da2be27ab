update quote set note = lower(note);
