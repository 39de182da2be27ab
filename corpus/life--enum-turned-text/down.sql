alter table paint alter tone type colour using tone::colour;
