UPDATE regions SET id = id + 100;
