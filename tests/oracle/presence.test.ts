import { expect, it } from 'vitest';
import { python } from './oracle';

it('has a Django to compare with, or is not in CI, where it may not be skipped', () => {
  expect(python !== null || !process.env['CI']).toBe(true);
});
