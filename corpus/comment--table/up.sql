comment on table quote is 'quotes';
