create sequence ticket as int start 100;
