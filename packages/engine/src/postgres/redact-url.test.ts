import { describe, expect, it } from 'vitest';
import { redactUrl } from './redact-url.ts';

describe('redactUrl', () => {
  it.each([
    ['postgres://me:secret@host/db', 'postgres://me:***@host/db'],
    [
      'postgresql://me:secret@host:5432/db?sslmode=require',
      'postgresql://me:***@host:5432/db?sslmode=require',
    ],
    ['postgres://me:p%40ss%2Fw@host/db', 'postgres://me:***@host/db'],
    ['postgres://me:p@ss@host/db', 'postgres://me:***@host/db'],
    ['postgres://me:p@ss:w@host/db', 'postgres://me:***@host/db'],
    ['postgres://me:se/cret@host/db', 'postgres://me:***@host/db'],
    ['postgres://me:se#c?ret@host/db', 'postgres://me:***@host/db'],
    ['postgres://me:secret@host/db?mail=a@b', 'postgres://me:***@host/db?mail=a@b'],
    ['postgres://:secret@host/db', 'postgres://:***@host/db'],
    ['postgres://me:secret@/db?host=/run', 'postgres://me:***@/db?host=/run'],
    ['postgres://me@host/db', 'postgres://me@host/db'],
    ['postgres://me:@host/db', 'postgres://me:***@host/db'],
    ['postgres://host:5432/db', 'postgres://host:5432/db'],
    ['postgres:///db?host=/run&user=me&password=secret', 'postgres:///db?host=/run&user=me&password=***'],
    ['postgres://h/db?password=s%26t&sslpassword=x&a=1', 'postgres://h/db?password=***&sslpassword=***&a=1'],
    ['host=h user=me password=secret dbname=d', 'host=h user=me password=*** dbname=d'],
    ["host=h password = 'se cr\\'et' dbname=d", 'host=h password = *** dbname=d'],
    [
      'cannot connect to postgres://me:secret@host/db today',
      'cannot connect to postgres://me:***@host/db today',
    ],
    ['no URL at all', 'no URL at all'],
  ])('%s', (text, expected) => {
    expect(redactUrl(text)).toBe(expected);
  });
});
