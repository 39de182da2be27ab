/**
 * Settings of a server whose data nobody will miss: no waiting for the disk, no background work that would make two runs
 * differ, no messages to a log. Everything that a migration can ask for stays: `wal_level = logical` for publications,
 * subscriptions and slots, prepared transactions, and locks enough for a large schema in one transaction.
 * PostgreSQL manual, chapter 19, "Server Configuration".
 * @param major decides which settings exist
 */
export function serverSettings(major: number): readonly string[] {
  const settings = [
    'listen_addresses=',
    'unix_socket_permissions=0700',
    'fsync=off',
    'full_page_writes=off',
    'wal_level=logical',
    'wal_init_zero=off',
    'wal_recycle=off',
    'min_wal_size=2MB',
    'max_wal_size=512MB',
    // What is read again is found in it; a checkpoint would remove it.
    'wal_keep_size=16MB',
    'checkpoint_timeout=1d',
    'max_connections=40',
    'max_wal_senders=4',
    'max_replication_slots=8',
    'max_prepared_transactions=16',
    'max_locks_per_transaction=256',
    // A subscription would start to fetch from the server that it names.
    'max_logical_replication_workers=0',
    'shared_buffers=64MB',
    // Shared memory as files below the data directory, so that nothing of ours is anywhere else.
    'dynamic_shared_memory_type=mmap',
    'bgwriter_lru_maxpages=0',
    'autovacuum=off',
    'jit=off',
    'timezone=UTC',
    'log_timezone=UTC',
    'lc_messages=C',
    'logging_collector=off',
    // Errors of a migration reach its session; the log is only read when the server does not start.
    'log_min_messages=fatal',
    'log_min_error_statement=panic',
  ];
  // Worker processes for reading would take longer to start than all reading takes.
  return major >= 18 ? [...settings, 'io_method=sync'] : settings;
}

/**
 * How a data directory is initialised: the same on every machine where PostgreSQL can (since 17 it brings its own
 * C.UTF-8, manual 23.1.4, "Locale Providers").
 * Small WAL segments, because each run copies one. Nothing is forced to the disk, which can take many seconds; a
 * directory that a crash of the machine damaged is recognised by its size.
 * @param locale `C.UTF-8`, or `C` where the machine has no such locale
 */
export function initdbArguments(major: number, locale: 'C.UTF-8' | 'C'): readonly string[] {
  const provider = major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : [];
  return [
    '-U',
    SUPERUSER,
    '-A',
    'trust',
    '-E',
    'UTF8',
    `--locale=${locale}`,
    ...provider,
    '--wal-segsize=1',
    '--no-sync',
    '--no-instructions',
  ];
}

/** The role that owns an embedded server. */
export const SUPERUSER = 'postgres';

/** Only part of the socket's file name: no TCP port is opened. */
export const SOCKET_PORT = 5432;
