UPDATE steps SET pos = pos + 1;
