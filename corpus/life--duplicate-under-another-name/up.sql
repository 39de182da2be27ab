alter table app rename column name to heading;
alter table app drop constraint app_agent_name_key;
