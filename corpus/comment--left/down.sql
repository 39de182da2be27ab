comment on table quote is null;
