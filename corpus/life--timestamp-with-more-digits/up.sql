alter table visit alter at type timestamp;
