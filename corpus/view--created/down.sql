drop view open_quote;
