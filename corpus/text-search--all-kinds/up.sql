drop index t_body;
alter text search configuration docs alter mapping for word with simple;
alter text search configuration docs add mapping for email with simple;
alter text search configuration docs drop mapping for url;
alter text search dictionary plain (accept, stopwords);
