create sequence ticket as int start 100 increment 5 maxvalue 9000 cache 3 cycle;
