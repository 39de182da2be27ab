alter publication feed set (publish = 'insert, update, delete');
