create foreign table f (a int options (key 'true'), b text) server far options (remote 'x');
