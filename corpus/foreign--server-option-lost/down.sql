alter server far options (drop host);
