import { expect, test } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { draftKeyOf } from '@/lib/extras/drafts/draft-key';

test('a draft’s key is one person’s, 256 bits long, and ends with the secret', async () => {
  const key = draftKeyOf({ id: 1 });
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(draftKeyOf({ id: 1 })).toBe(key);
  expect(draftKeyOf({ id: 2 })).not.toBe(key);
  await overrideSettings({ SECRET_KEY: 'another secret' }, () => {
    expect(draftKeyOf({ id: 1 })).not.toBe(key);
  });
});
