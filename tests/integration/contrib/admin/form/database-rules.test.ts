import { beforeAll, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { violatedCheck } from '@/lib/db/errors';
import { save } from '@/tests/support/admin/object-forms';
import { makeSuperuser } from '@/tests/support/admin/staff';
import { freshDatabase, testDatabase } from '@/tests/support/database';

beforeAll(async () => {
  const tearDown = await freshDatabase();
  // As a PositiveIntegerField or a CheckConstraint of Django's makes one.
  await db.$executeRaw`
    ALTER TABLE auth_group ADD COLUMN odd integer NULL CHECK (name <> 'Refused')`;
  return tearDown;
});

it('a rule of the table that a form knows nothing of is told on the form, and nothing is saved', async () => {
  const by = await makeSuperuser();
  const saved = await save('auth.group', { name: 'Refused', permissions: [] }, { by });
  if (saved.kind !== 'refused') throw new Error(saved.kind);
  const [said] = saved.errors[''] ?? [];
  const rule = testDatabase === 'sqlite' ? "name <> 'Refused'" : 'auth_group_';
  expect(said).toMatch(/^The database refuses these values by its rule .+\. Nothing was saved\.$/);
  expect(said).toContain(rule);
  expect(await db.group.count({ where: { name: 'Refused' } })).toBe(0);
  expect((await save('auth.group', { name: 'Taken', permissions: [] }, { by })).kind).toBe('saved');
});

it('is not what another error says', () => {
  expect(violatedCheck(new Error('UNIQUE constraint failed: auth_group.name'))).toBeNull();
});
