alter publication feed set (publish = 'insert');
