create text search dictionary plain (template = simple, stopwords = 'english', accept = false);
create text search configuration docs (copy = english);
alter text search configuration docs alter mapping for word, asciiword with plain, english_stem;
alter text search configuration docs drop mapping for email;
create table t (id int primary key, body text);
create index t_body on t using gin (to_tsvector('docs', coalesce(body, '')));
comment on text search dictionary plain is 'plain';
