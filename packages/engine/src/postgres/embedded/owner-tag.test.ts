import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { isOwnerGone, parseTag, printTag, tagOf } from './owner-tag.ts';

describe('an owner tag', () => {
  it('survives being a folder name', () => {
    const tag = tagOf(process.pid, '0a1b2c3d');
    expect(parseTag(printTag(tag))).toEqual(tag);
  });

  it.each(['', '1-2-3', 'x-1-2-ab', '1-2-3-xyz', '1-2-3-ab/..', '../1-2-3-ab'])(
    'is not read from %s',
    (text) => {
      expect(parseTag(text)).toBeNull();
    },
  );

  it('says that a live process is alive', () => {
    expect(isOwnerGone(tagOf(process.pid, 'ab'))).toBe(false);
    expect(isOwnerGone(tagOf(1, 'ab'))).toBe(false);
  });

  it('is not fooled by a process id that came back', () => {
    expect(isOwnerGone({ ...tagOf(process.pid, 'ab'), start: 'abc' })).toBe(true);
  });

  it('leaves the processes of another container alone', () => {
    expect(isOwnerGone({ ...tagOf(process.pid, 'ab'), start: 'abc', namespace: 'other' })).toBe(false);
  });

  it('says that a killed process is gone', async () => {
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const tag = tagOf(child.pid ?? 0, 'ab');
    expect(isOwnerGone(tag)).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isOwnerGone(tag)).toBe(true);
  });
});
