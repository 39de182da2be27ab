alter table paint alter tone type text;
