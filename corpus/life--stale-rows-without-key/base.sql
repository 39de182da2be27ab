create table note (body text, kind text);
