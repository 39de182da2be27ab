DROP INDEX single_row;
