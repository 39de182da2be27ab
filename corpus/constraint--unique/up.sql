alter table quote add constraint quote_note_key unique (note, org_id) deferrable initially deferred;
