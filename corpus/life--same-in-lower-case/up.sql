drop index template_name;
