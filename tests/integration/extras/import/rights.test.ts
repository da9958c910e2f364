import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { User } from '@/lib/contrib/auth/models';
import type { Confirmation } from '@/lib/contrib/auth/rights/confirmation';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { confirmFile } from '@/lib/extras/import/import-file';
import { previewOr404 } from '@/lib/extras/import/previews';
import { read } from '@/tests/support/admin/read-review';
import { makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';
import { look } from '@/tests/support/import/import';

let made = 0;
let root: User;
let people: User[] = [];

const admin = () => screens('auth.user');

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
});
beforeEach(async () => {
  made += 1;
  people = [];
  for (const name of ['a', 'b']) {
    people.push(await users.createUser({ username: `${name}${made}`, isStaff: true }));
  }
});

const lines = (column: string, value: string) =>
  [`id,${column}`, ...people.map(({ id }) => `${id},${value}`)].join('\n');

async function confirm(file: number, said: Partial<Confirmation> = {}, isFresh = true) {
  const preview = await previewOr404(root, admin(), String(file));
  const confirmation = read(said.digest ?? null, said);
  const request = { ...requestOf(root), reason: confirmation.reason };
  return confirmFile(admin(), request, { preview, isFresh, confirmation });
}

const flags = async () => {
  const rows = await db.user.findMany({
    where: { id: { in: people.map(({ id }) => id) } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ isActive, isStaff, isSuperuser }) => [isActive, isStaff, isSuperuser]);
};

it('a file moves no flag of anybody before who loses what was read, all of its rows together', async () => {
  for (const [column, value] of [
    ['is_active', 'False'],
    ['is_staff', 'False'],
    ['is_superuser', 'True'],
  ] as const) {
    const before = await flags();
    const { id: file } = await look(admin(), root, lines(column, value));
    const asked = await confirm(file);
    if (asked.kind !== 'unread') throw new Error(`${column}: ${asked.kind}`);
    expect(asked.review.holders.map(({ id }) => id)).toEqual(people.map(({ id }) => id));
    expect([asked.review.losers, await flags()]).toEqual([value === 'False' ? 2 : 0, before]);
    expect((await confirm(file, { digest: 'forged' })).kind).toBe('unread');
    expect(await flags()).toEqual(before);
    const done = await confirm(file, { digest: asked.review.digest, reason: 'A new year' });
    expect([done.kind, await flags()]).not.toEqual(['imported', before]);
    expect(done.kind).toBe('imported');
  }
  const about = { objectId: String(people[0]?.id), contentType: { model: 'user' } };
  const entries = await db.logEntry.findMany({ where: about });
  expect(entries.map(({ changeMessage }) => changeMessage).join('\n')).toContain('A new year');
});

it('a file that moves no right asks for nothing, and a right asks for a young sign-in besides', async () => {
  const { id: plain } = await look(admin(), root, lines('first_name', 'Ada'));
  expect((await confirm(plain)).kind).toBe('imported');
  const { id: file } = await look(admin(), root, lines('is_superuser', 'True'));
  const asked = await confirm(file, {}, false);
  if (asked.kind !== 'unread') throw new Error(asked.kind);
  expect(asked.isGrant).toBe(true);
  expect((await confirm(file, { digest: asked.review.digest }, false)).kind).toBe('stale sign-in');
  expect((await flags()).flat()).not.toContain(undefined);
  expect((await flags()).map(([, , isSuperuser]) => isSuperuser)).toEqual([false, false]);
});
