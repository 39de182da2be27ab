alter table visit alter at type timestamp(3);
