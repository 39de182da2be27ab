alter operator family near using btree drop operator 1 (int, text), function 1 (int, text);
drop operator <<< (int, text);
drop operator class near_int using btree;
drop operator === (int, int);
drop operator !== (int, int);
