drop procedure tidy;
