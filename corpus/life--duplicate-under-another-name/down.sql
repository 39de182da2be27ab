alter table app rename column heading to name;
alter table app add constraint app_agent_name_key unique (agent, name);
