create sequence line_number;
create table line (id bigint primary key default nextval('line_number'), quote_id bigint references quote (id));
