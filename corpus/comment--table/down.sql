comment on table quote is 'offers';
