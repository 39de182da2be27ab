update quote q set note = k.note from kept k where k.id = q.id and q.note is distinct from k.note;
drop table if exists kept;
