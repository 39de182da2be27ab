create operator <== (function = int4lt, leftarg = int, rightarg = int, commutator = ==>);
