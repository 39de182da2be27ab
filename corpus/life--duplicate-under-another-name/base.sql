create table app (id uuid primary key, agent integer not null, name varchar(64) not null, constraint app_agent_name_key unique (agent, name));
