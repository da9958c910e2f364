import { expect, it } from 'vitest';
import { readSource, sourceFiles } from '@/tests/support/sources';

it('a number of a system check belongs to one file, so that it means one thing', () => {
  const homes = new Map<string, Set<string>>();
  for (const file of sourceFiles('lib')) {
    for (const [, id = ''] of readSource(file).matchAll(
      /check(?:Error|Warning)\(\s*'(\w+\.[EW]\d+)'/g,
    )) {
      homes.set(id, (homes.get(id) ?? new Set()).add(file));
    }
  }
  const shared = [...homes].filter(([, files]) => files.size > 1);
  expect(shared.map(([id, files]) => [id, ...files])).toEqual([]);
  expect(homes.size).toBeGreaterThan(30);
});
