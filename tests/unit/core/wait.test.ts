import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { describeWait } from '@/lib/core/wait';

const now = new Date('2026-01-31T23:59:30Z');

describe('describeWait', () => {
  it.each([
    [1, 'in 1 second, at 23:59:31 UTC'],
    [119, 'in 119 seconds, at 00:01:29 UTC'],
    [121, 'in 3 minutes, at 00:01:31 UTC'],
    [900, 'in 15 minutes, at 00:14:30 UTC'],
    [7200, 'in 2 hours, at 01:59:30 UTC'],
  ])('%i seconds end %s', (seconds, words) => {
    expect(describeWait(seconds, now)).toBe(words);
  });

  it('names the time in the zone of the site', async () => {
    await overrideSettings({ TIME_ZONE: 'Europe/Vienna' }, () => {
      expect(describeWait(60, now)).toBe('in 60 seconds, at 01:00:30 CET');
    });
  });
});
