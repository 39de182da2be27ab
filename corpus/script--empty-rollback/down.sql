-- nothing to do
select 1;
