import { describe, expect, it } from 'vitest';
import { databaseUrl, maintenanceDatabase, placeOf } from './server-address.ts';

describe('an address given as URL', () => {
  it.each([
    [
      'postgres://me:p%40w@host:6543/app?sslmode=verify-full',
      'postgres://me:p%40w@host:6543/x%20y?sslmode=verify-full',
    ],
    ['postgres://me@host', 'postgres://me@host/x%20y'],
    [
      'postgres://me@host/app?sslmode=require',
      'postgres://me@host/x%20y?sslmode=require&uselibpqcompat=true',
    ],
    ['postgres://me@/app?host=/run', 'postgres://me@/x%20y?host=/run'],
    ['postgresql:///app?host=/run', 'postgresql:///x%20y?host=/run'],
    ['postgres://%2Frun/app', 'postgres://%2Frun/x%20y'],
  ])('%s keeps all but the database', (url, expected) => {
    expect(decodeSlashes(databaseUrl({ kind: 'url', url }, 'x y'))).toBe(decodeSlashes(expected));
  });

  it.each([
    ['postgres://me@host/app', 'app'],
    ['postgres://me@host/a%20b', 'a b'],
    ['postgres://me@host', 'postgres'],
    ['postgres://me@host/', 'postgres'],
    ['postgres://me@/app?host=/run', 'app'],
  ])('%s is maintained from its own database', (url, expected) => {
    expect(maintenanceDatabase({ kind: 'url', url })).toBe(expected);
  });

  it.each([
    ['postgres://me:secret@host:6543/app', 'host:6543'],
    ['postgres://me:secret@host/app', 'host:5432'],
    ['postgres://me:secret@/app?host=/run', '/run:5432'],
    ['postgresql:///app?user=me&password=secret', 'localhost:5432'],
  ])('%s is shown as a place', (url, expected) => {
    expect(placeOf({ kind: 'url', url })).toBe(expected);
  });
});

function decodeSlashes(url: string): string {
  return url.replaceAll('%2F', '/');
}
