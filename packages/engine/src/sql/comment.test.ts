import { expect, test } from 'vitest';
import { comment } from './comment.ts';

test.each(['\n', '\r', '\r\n', '\n\n'])('what stands behind a line break %j is still a comment', (end) => {
  expect(comment(`Keep "x${end}DELETE FROM victim; --"`)).toBe('-- Keep "x DELETE FROM victim; --"');
});
