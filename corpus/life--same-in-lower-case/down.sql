create unique index template_name on template (org, lower(name)) where not gone;
