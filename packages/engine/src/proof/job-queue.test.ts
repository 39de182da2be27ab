import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { JobQueue } from './job-queue.ts';

/** A job that takes a while and says when it began and when it ended. */
function slow(name: string, told: string[], fails = false): () => Promise<string> {
  return async () => {
    told.push(`${name} begins`);
    await sleep(5);
    told.push(`${name} ends`);
    if (fails) throw new Error(`${name} fails`);
    return name;
  };
}

test('jobs are done one after the other, and each gives what it gave', async () => {
  const told: string[] = [];
  const queue = new JobQueue();
  const [a, b] = [queue.add(slow('a', told)), queue.add(slow('b', told))];
  await queue.caughtUp();
  expect(told).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect([await a, await b]).toEqual(['a', 'b']);
});

test('after one that fails none is begun, and its error is the one that is told', async () => {
  const told: string[] = [];
  const queue = new JobQueue();
  queue.add(slow('a', told, true));
  const b = queue.add(slow('b', told, true));
  await expect(queue.caughtUp()).rejects.toThrow('a fails');
  await expect(b).rejects.toThrow('a fails');
  await expect(queue.add(slow('c', told))).rejects.toThrow('a fails');
  expect(told).toEqual(['a begins', 'a ends']);
});

test('at the end it waits for what is under way, begins nothing more and tells no error', async () => {
  const told: string[] = [];
  const queue = new JobQueue();
  queue.add(slow('a', told, true));
  queue.add(slow('b', told));
  await sleep(0);
  await queue.end();
  expect(told).toEqual(['a begins', 'a ends']);

  const other = new JobQueue();
  other.add(slow('c', told));
  await sleep(0);
  const d = other.add(slow('d', told));
  await other.end();
  expect(told.slice(2)).toEqual(['c begins', 'c ends']);
  await expect(d).rejects.toThrow('ended');
});
