comment on table quote is 'offers';
comment on constraint quote_pkey on quote is 'key';
