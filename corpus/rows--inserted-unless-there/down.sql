delete from trait where name = 'nested';
