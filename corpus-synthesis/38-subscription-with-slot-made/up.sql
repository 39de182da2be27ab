CREATE SUBSCRIPTION branch CONNECTION 'host=nowhere.invalid' PUBLICATION sales WITH (connect = false);
