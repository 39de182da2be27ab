import { describe, expect, it } from 'vitest';
import { InputError } from '../errors/input-error.ts';
import { parseServerOption } from './server-request.ts';

describe('parseServerOption', () => {
  it.each([
    ['embedded', { kind: 'embedded', major: null }],
    [' embedded ', { kind: 'embedded', major: null }],
    ['embedded:14', { kind: 'embedded', major: 14 }],
    ['embedded:18', { kind: 'embedded', major: 18 }],
    ['postgres://me:pw@host/db', { kind: 'url', url: 'postgres://me:pw@host/db' }],
    ['postgresql:///db?host=/run', { kind: 'url', url: 'postgresql:///db?host=/run' }],
    ['postgres://me@/db?host=/run', { kind: 'url', url: 'postgres://me@/db?host=/run' }],
  ])('accepts %s', (text, expected) => {
    expect(parseServerOption(text)).toEqual(expected);
  });

  it.each([
    ['', '"" is not a server that can be used'],
    ['embeded', '"embeded" is not a server that can be used'],
    ['embedded:13', 'there is no embedded PostgreSQL "13"; there are 14, 15, 16, 17, 18'],
    ['embedded:', 'there is no embedded PostgreSQL ""; there are 14, 15, 16, 17, 18'],
    ['embedded:17.1', 'there is no embedded PostgreSQL "17.1"; there are 14, 15, 16, 17, 18'],
    ['mysql://me:secret@host/db', '"mysql://me:***@host/db" is not a server that can be used'],
    ['host=h password=secret', '"host=h password=***" is not a server that can be used'],
    [
      'postgres://me:se/cret@host:x/db',
      '"postgres://me:***@host:x/db" is not a valid URL; characters such as @ : / # in a password need %-escapes',
    ],
  ])('refuses %s', (text, message) => {
    const error = refusalOf(text);
    expect(error.message).toBe(message);
    expect(error.problems[0]?.fix).toContain('--server embedded:<major>');
  });
});

function refusalOf(text: string): InputError {
  try {
    parseServerOption(text);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}
