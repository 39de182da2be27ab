INSERT INTO plans_of_which_the_names_are_as_long_as_names_may_be_and_one VALUES (1, 'a');
INSERT INTO plans_of_which_the_names_are_as_long_as_names_may_be_and_two VALUES (1, 'b');
