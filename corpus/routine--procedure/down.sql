create procedure tidy(a int) language sql as 'select a';
