drop function stamp cascade;
