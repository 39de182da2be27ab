drop foreign table f;
