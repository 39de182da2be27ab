update share set grants = replace(grants::text, '"look"', '"peek"')::jsonb;
drop index if exists share_grants;
