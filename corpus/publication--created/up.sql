create publication feed for table quote with (publish = 'insert, update');
