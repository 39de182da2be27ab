drop table if exists event_2025;
