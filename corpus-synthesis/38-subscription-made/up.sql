CREATE SUBSCRIPTION branch CONNECTION 'host=nowhere.invalid' PUBLICATION sales, stock WITH (connect = false, slot_name = NONE);
COMMENT ON SUBSCRIPTION branch IS 'what branches sell';
