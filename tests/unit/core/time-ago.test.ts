import { expect, it } from 'vitest';
import { timeAgo } from '@/lib/core/moments';

const NOW = new Date('2026-03-04T12:00:00Z');

it.each([
  [0, 'just now'],
  [59, 'just now'],
  [60, '1 min ago'],
  [3599, '59 min ago'],
  [3600, '1 h ago'],
  [86_400, '1 day ago'],
  [6 * 86_400, '6 days ago'],
  [7 * 86_400, null],
  [-1, 'in a moment'],
  [-7200, 'in 2 h'],
  [-8 * 86_400, null],
])('%s seconds ago are told as %s', (seconds, text) => {
  expect(timeAgo(new Date(NOW.getTime() - seconds * 1000), NOW)).toBe(text);
});

it('a moment that is none has no words', () => {
  expect(timeAgo(new Date(Number.NaN), NOW)).toBeNull();
});
