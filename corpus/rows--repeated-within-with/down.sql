drop index line_open;
