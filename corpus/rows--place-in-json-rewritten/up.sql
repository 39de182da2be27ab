update hook set config = jsonb_set(config, '{branches}', '"all"') where kind = 'git' and config->'branches' = 'null'::jsonb;
update hook set config = jsonb_set(config, '{sender}', jsonb_build_object('ids', config->'sender')) where kind = 'mail' and jsonb_typeof(config->'sender') = 'object' and not config->'sender' ? 'ids';
update hook set kind = 'call' where config->'line'->>'number' in ('118', '119') and config ? 'since';
delete from hook where config #>> '{line,state}' = 'down';
