/** Name of the table, with its schema. */
export const FINGERPRINT_TABLE = 'public.record';

/**
 * SQL for one table with eleven columns of as many types, as business applications have them: texts of several lengths, NULL
 * in every few rows, times to the microsecond. The server generates the rows, the same in every run.
 * @param rows how many
 * @returns texts to be executed one after the other
 */
export function fingerprintTable(rows: number): string[] {
  return [
    `CREATE TABLE ${FINGERPRINT_TABLE} (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      title text,
      code varchar(40) NOT NULL,
      amount numeric(12, 2),
      created_at timestamptz NOT NULL,
      active boolean NOT NULL,
      token uuid NOT NULL,
      attributes jsonb,
      day date,
      quantity integer,
      weight double precision
    )`,
    `INSERT INTO ${FINGERPRINT_TABLE} (title, code, amount, created_at, active, token, attributes, day, quantity, weight)
      SELECT
        CASE WHEN n % 11 > 0 THEN 'Record of ' || md5(n::text) || repeat(' and more', (n % 7)::integer) END,
        'C-' || upper(substr(md5('c' || n), 1, 12)),
        CASE WHEN n % 13 > 0 THEN (n * 7919 % 100000000) / 100.0 END,
        timestamptz '2026-01-01 00:00:00+00' + n * interval '7.123456 seconds',
        n % 3 > 0,
        md5('t' || n)::uuid,
        CASE WHEN n % 5 > 0 THEN jsonb_build_object('place', n, 'tags', jsonb_build_array('a' || n % 10, 'b' || n % 100), 'open', n % 2 = 0) END,
        CASE WHEN n % 17 > 0 THEN date '2000-01-01' + (n % 10000)::integer END,
        CASE WHEN n % 7 > 0 THEN (n * 104729 % 1000003)::integer END,
        CASE WHEN n % 3 > 0 THEN sqrt(n) END
      FROM generate_series(1::bigint, ${rows}) n`,
    `ANALYZE ${FINGERPRINT_TABLE}`,
  ];
}
