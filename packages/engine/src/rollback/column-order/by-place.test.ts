import { beforeAll, describe, expect, test } from 'vitest';
import { loadParser } from '../../sql/parser.ts';
import { goesByPlace, type PlaceQuestion } from './by-place.ts';

beforeAll(loadParser);

const PLPGSQL: PlaceQuestion = {
  table: 'quotes',
  isFired: false,
  isPlpgsql: true,
  gives: 'nothing',
};

const body = (statement: string) =>
  `BEGIN\n  IF a > 1 THEN\n    ${statement};\n  END IF;\n  RETURN NULL;\nEND`;

describe('what goes by the order of columns', () => {
  test.each([
    'INSERT INTO quotes VALUES (1, 2)',
    'insert into public.quotes values (1, 2)',
    'INSERT INTO "quotes" AS q VALUES (1, 2)',
    'INSERT INTO quotes SELECT a, b FROM other',
    'INSERT INTO quotes (SELECT a, b FROM other)',
    'INSERT INTO quotes OVERRIDING SYSTEM VALUE VALUES (1, 2)',
    'INSERT INTO history SELECT * FROM quotes',
    'INSERT INTO history (a, b) SELECT q.* FROM quotes q',
    'SELECT * INTO a, b FROM quotes WHERE id = 1',
    'SELECT * INTO STRICT a, found.b FROM quotes',
    'SELECT 1, 2 INTO one FROM quotes UNION SELECT * FROM quotes',
    'one := ROW(1, 2)::quotes',
    "one := (1, 'b')::public.quotes",
    'one := CAST (ROW(1, 2) AS quotes)',
    'MERGE INTO quotes USING other ON true WHEN NOT MATCHED THEN INSERT VALUES (1, 2)',
    "COPY quotes FROM '/tmp/quotes'",
    "EXECUTE 'INSERT INTO quotes VALUES ($1, $2)' USING a, b",
    "EXECUTE format('INSERT INTO quotes SELECT %L', 'it''s')",
  ])('%s', (statement) => {
    expect(goesByPlace(body(statement), PLPGSQL)).toBe(true);
  });

  test('values for a variable that is a row of the table', () => {
    const text = (query: string) => `DECLARE one quotes%ROWTYPE; BEGIN ${query} INTO one FROM quotes; END`;
    expect(goesByPlace(text('SELECT a, b'), PLPGSQL)).toBe(true);
    expect(goesByPlace(text('SELECT *'), PLPGSQL)).toBe(false);
  });

  test('what cannot be scanned, where it names the table', () => {
    expect(goesByPlace("SELECT 'quotes", PLPGSQL)).toBe(true);
    expect(goesByPlace("SELECT 'other", PLPGSQL)).toBe(false);
  });
});

describe('what does not', () => {
  test.each([
    'INSERT INTO quotes (id, note) VALUES (1, 2)',
    'INSERT INTO quotes AS q (id, note) SELECT a, b FROM other',
    'INSERT INTO quotes DEFAULT VALUES',
    'INSERT INTO history VALUES (1, 2)',
    'INSERT INTO history (n) SELECT count(*) FROM quotes',
    'INSERT INTO history (n) SELECT a * b FROM quotes',
    'INSERT INTO history (n) SELECT to_jsonb(q.*) FROM quotes q',
    'SELECT * INTO one FROM quotes WHERE id = 1',
    'FOR one IN SELECT * FROM quotes LOOP INSERT INTO history (a) VALUES (one.a); END LOOP',
    'one := NULL::quotes',
    'one := jsonb_populate_record(NULL::quotes, given)',
    'UPDATE quotes SET note = 1',
    'COPY quotes (id, note) FROM STDIN',
    "RAISE NOTICE 'quotes are * here'",
    '-- INSERT INTO quotes VALUES (1)\n SELECT 1 INTO a, b FROM other',
  ])('%s', (statement) => {
    expect(goesByPlace(body(statement), PLPGSQL)).toBe(false);
  });
});

describe('NEW and OLD', () => {
  const fired = { ...PLPGSQL, isFired: true };

  test.each([
    'INSERT INTO history SELECT NEW.*',
    'INSERT INTO history VALUES (OLD.*, now())',
    'INSERT INTO history VALUES (NEW.*)',
    "EXECUTE 'INSERT INTO history SELECT ($1).*' USING NEW",
  ])('%s, where triggers of the table call the function', (statement) => {
    expect(goesByPlace(body(statement), fired)).toBe(true);
    expect(goesByPlace(body(statement), PLPGSQL)).toBe(false);
  });

  test.each(['INSERT INTO history (row) VALUES (to_jsonb(NEW.*))', 'INSERT INTO history VALUES (NEW.id)'])(
    'not %s',
    (statement) => {
      expect(goesByPlace(body(statement), fired)).toBe(false);
    },
  );
});

describe('what a function gives', () => {
  const sql = { ...PLPGSQL, isPlpgsql: false };

  test.each<[string, PlaceQuestion['gives'], boolean]>([
    ['SELECT * FROM quotes', 'columns', true],
    ['SELECT id, note FROM quotes', 'columns', false],
    ['SELECT * FROM quotes', 'row-of-table', false],
    ['SELECT id, note FROM quotes', 'row-of-table', true],
    ['SELECT q FROM quotes q', 'row-of-table', false],
    ['UPDATE quotes SET note = 1; SELECT q.* FROM quotes q', 'columns', true],
    ['SELECT * FROM quotes; SELECT 1', 'columns', false],
  ])('in SQL: %s, for %s', (text, gives, expected) => {
    expect(goesByPlace(text, { ...sql, gives })).toBe(expected);
    expect(goesByPlace(`${text};`, { ...sql, gives })).toBe(expected);
  });

  test('in PL/pgSQL: what RETURN QUERY says', () => {
    const columns = { ...PLPGSQL, gives: 'columns' } as const;
    expect(goesByPlace(body('RETURN QUERY SELECT * FROM quotes'), columns)).toBe(true);
    expect(goesByPlace(body('RETURN QUERY SELECT id FROM quotes'), columns)).toBe(false);
  });
});
