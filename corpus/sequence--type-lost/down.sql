create sequence ticket start 100;
