alter table quote rename deleted_at to removed_at;
