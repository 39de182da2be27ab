drop event trigger watcher;
