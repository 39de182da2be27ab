CREATE TABLE retired_colours AS TABLE colours;
DROP TABLE colours CASCADE;
