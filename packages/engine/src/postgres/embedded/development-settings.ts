/**
 * Settings of a server whose data are kept: the disk is waited for and tables are vacuumed, as PostgreSQL does unless
 * told otherwise. Only what concerns a private server on a developer's machine differs (PostgreSQL manual, chapter 19).
 */
export const DEVELOPMENT_SETTINGS: readonly string[] = [
  'listen_addresses=',
  'unix_socket_permissions=0700',
  // As the ephemeral servers have them, so that what is proven there can be applied here.
  'wal_level=logical',
  'max_prepared_transactions=16',
  'max_connections=40',
  'dynamic_shared_memory_type=mmap',
  'timezone=UTC',
  'log_timezone=UTC',
  'lc_messages=C',
  'logging_collector=off',
  'log_min_messages=fatal',
  'log_min_error_statement=panic',
];
