alter table input drop column job_id;
