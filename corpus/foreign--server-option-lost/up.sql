alter server far options (set host 'b');
