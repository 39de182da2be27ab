INSERT INTO plans_of_which_the_names_are_as_long_as_names_may_be_and_one VALUES (2, 'x');
INSERT INTO plans_of_which_the_names_are_as_long_as_names_may_be_and_two VALUES (3, 'y');
CREATE TABLE plans_of_which_the_names_are_as_long_as_names_may_be_and_old AS SELECT id, name FROM plans_of_which_the_names_are_as_long_as_names_may_be_and_two WHERE id < 3;
CREATE TABLE plans_of_which_the_names_are_as_long_as_names_may_be_and_end AS SELECT id, name FROM plans_of_which_the_names_are_as_long_as_names_may_be_and_one WHERE id < 2;
DELETE FROM plans_of_which_the_names_are_as_long_as_names_may_be_and_two WHERE id < 3;
DELETE FROM plans_of_which_the_names_are_as_long_as_names_may_be_and_one WHERE id < 2;
