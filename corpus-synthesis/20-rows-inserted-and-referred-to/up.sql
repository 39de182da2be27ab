INSERT INTO makers (name) SELECT DISTINCT made_by FROM lamps WHERE made_by IS NOT NULL ON CONFLICT DO NOTHING;
UPDATE lamps SET maker_id = makers.id FROM makers WHERE makers.name = lamps.made_by;
