create table template (id integer primary key, org integer not null, name text not null, gone boolean not null default false);
create unique index template_name on template (org, lower(name)) where not gone;
