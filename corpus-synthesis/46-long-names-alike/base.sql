CREATE TABLE plans_of_which_the_names_are_as_long_as_names_may_be_and_one (id integer PRIMARY KEY, name text);
CREATE TABLE plans_of_which_the_names_are_as_long_as_names_may_be_and_two (id integer PRIMARY KEY, name text);
