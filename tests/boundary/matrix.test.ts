import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { matrixAction } from '@/app/(matrix)/admin/auth/matrix/actions';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { formOf } from '@/tests/support/admin/object-forms';
import { makeGroup, permissionId, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { browserOf } from '@/tests/support/server-call';
import { browser, CHEAP } from './browser';

const CONFIRM_FIELD = 'confirm_password';
const PASSWORD = 'correct horse';
const AGE = Number(settings.STEP_UP_AGE);

let mine = browser();
let groups = 0;

beforeAll(freshDatabase);

beforeAll(async () => {
  await overrideSettings(CHEAP, async () => {
    const root = await users.createSuperuser({ username: 'root', password: PASSWORD });
    mine = browser(await browserOf(await reload(root)));
  });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Move the clock on by so many seconds; only the date, nothing waits. */
function later(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
}

/** Give a permission in the matrix, with what is sent besides; true if it was done. */
async function grant(confirm: Record<string, string>): Promise<boolean> {
  const id = await permissionId('auth.view_group');
  groups += 1;
  const group = await makeGroup(`group${groups}`);
  const sent = { _about: '', changes: `g${group}+${id}` };
  const asked = await mine.send(() => matrixAction(formOf(sent)));
  const shown = asked.notes.answers?.get('matrix');
  const digest = Reflect.get(Reflect.get(Object(shown), 'review'), 'digest');
  const fields = { ...sent, _reviewed: String(digest), _save: 'Save', ...confirm };
  await mine.send(() => matrixAction(formOf(fields)));
  return (await db.groupPermission.count({ where: { groupId: group } })) > 0;
}

it('giving a permission in the matrix needs no password soon after signing in', async () => {
  later(AGE - 60);
  expect(await grant({})).toBe(true);
});

it('is not done a while after it, unless the password is given again', async () => {
  later(AGE + 1);
  expect(await grant({})).toBe(false);
  expect(await grant({ [CONFIRM_FIELD]: 'wrong' })).toBe(false);
  expect(await grant({ [CONFIRM_FIELD]: PASSWORD })).toBe(true);
});
