create function watch() returns event_trigger language plpgsql as 'begin end';
create event trigger watcher on ddl_command_end execute function watch();
alter event trigger watcher disable;
