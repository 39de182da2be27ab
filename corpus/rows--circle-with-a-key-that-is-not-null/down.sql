alter table input add column job_id bigint references job on delete set null;
