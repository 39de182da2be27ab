create event trigger watcher on ddl_command_end execute function watch();
