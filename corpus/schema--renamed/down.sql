alter schema sold rename to sales;
