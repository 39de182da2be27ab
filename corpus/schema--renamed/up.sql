alter schema sales rename to sold;
