update share set grants = replace(grants::text, '"peek"', '"look"')::jsonb;
create index share_grants on share using gin (grants);
