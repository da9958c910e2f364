import { beforeAll, describe, expect, it } from 'vitest';
import { saveAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import { matrixAction } from '@/app/(matrix)/admin/auth/matrix/actions';
import type { User } from '@/lib/contrib/auth/models';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { parseMatrixChanges } from '@/lib/extras/matrix/matrix-changes';
import { previewChanges } from '@/lib/extras/matrix/matrix-save';
import { visibleUserOr404 } from '@/lib/extras/why/visible-users';
import { loadWhyPage } from '@/lib/extras/why/why-page';
import { emptyFormState } from '@/lib/forms/forms';
import { type Fields, formOf, untouched } from '@/tests/support/admin/object-forms';
import { makeStaff, makeSuperuser, screens } from '@/tests/support/admin/staff';
import { joinGroup, makeGroup, permissionId } from '@/tests/support/auth/grants';
import { requestWith, signedIn } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { browserOf, callServer } from '@/tests/support/server-call';
import { statementsOf } from '@/tests/support/statements';

beforeAll(freshDatabase);

/** A user of some groups, as a form of the admin shows them. */
async function target(name: string): Promise<User> {
  const user = await users.createUser({ username: name, email: `${name}@example.com` });
  for (const suffix of ['a', 'b']) {
    await joinGroup(user, await makeGroup(`${name} ${suffix}`, ['articles.view_article']));
  }
  return user;
}

/** What the form of a user costs when only this much of it is changed. */
async function saving(by: User, user: User, fields: Fields): Promise<string[]> {
  const form = formOf({
    ...(await untouched(screens('auth.user'), user.id)),
    ...fields,
    _model: 'auth.user',
    _id: String(user.id),
  });
  const cookie = await browserOf(by);
  return counted(async () => {
    const { status } = await callServer(cookie, () => saveAction(emptyFormState, form));
    expect(status).toBe(303);
  });
}

/** Those of ours. A transaction counts once, for its BEGIN: of its COMMIT one adapter tells, one not. */
async function counted(work: () => Promise<unknown>): Promise<string[]> {
  return (await statementsOf(work)).filter((sql) => sql !== 'COMMIT');
}

describe('statements', () => {
  it('of saving a first name are nine at most, whoever saves it', async () => {
    const superuser = await makeSuperuser();
    // What a process learns once, the ids of the content types, is not of a single save.
    await saving(superuser, await target('first'), { first_name: 'Ada' });
    for (const by of [superuser, await makeStaff('auth.view_user', 'auth.change_user')]) {
      const user = await target(`named-by-${by.username}`);
      const run = await saving(by, user, { first_name: 'Ada' });
      expect(run.length, run.join('\n')).toBeLessThanOrEqual(9);
      expect((await users.getById(user.id))?.firstName).toBe('Ada');
    }
  });

  it('of the page why are ten at most, whatever would end the refusal', async () => {
    const perm = 'articles.publish_article';
    const viewer = await makeStaff(
      'auth.view_user',
      'auth.change_user',
      'auth.view_group',
      'auth.view_permission',
      'articles.view_article',
      perm,
    );
    const user = await target('asked');
    for (const name of ['printers', 'editors', 'owners']) {
      await makeGroup(name, [perm, 'articles.view_article']);
    }
    for (const by of [viewer, await makeSuperuser()]) {
      const seal = await signedIn(by);
      const run = await counted(async () => {
        const request = await requestWith(seal);
        if (!request.user.isAuthenticated) throw new Error('Nobody is signed in.');
        const asked = await visibleUserOr404(request.user, String(user.id));
        const page = await loadWhyPage(request.user, asked, { perm, without: '', with: '' });
        expect(page.answer?.why.fixes).toHaveLength(4);
        expect(page.answer?.allowedFixes.size).toBe(4);
      });
      expect(run.length, run.join('\n')).toBeLessThanOrEqual(10);
      const lists = run.filter((sql) =>
        /FROM\s+auth_permission p\s+JOIN\s+\S+ ct ON \S+ = \S+\s*$/.test(sql),
      );
      expect(lists, run.join('\n')).toHaveLength(1);
    }
  });

  it('of saving the matrix are twelve at most, however many cells', async () => {
    const perms = ['articles.add_article', 'articles.change_article', 'auth.view_group'] as const;
    const ids = await Promise.all(perms.map(permissionId));
    const manager = await makeStaff('auth.change_group', 'articles.view_article', ...perms);
    for (const by of [await makeSuperuser(), manager]) {
      const group = await makeGroup(`edited by ${by.username}`, ['articles.view_article']);
      await joinGroup(await target(`affected by ${by.username}`), group);
      const changes = ids.map((id) => `g${group}+${id}`).join(' ');
      const { digest } = await previewChanges(by, parseMatrixChanges(changes) ?? []);
      const form = formOf({ _about: '', changes, _reviewed: digest, _save: '1' });
      const cookie = await browserOf(by);
      const run = await counted(async () => {
        const { status } = await callServer(cookie, () => matrixAction(form));
        expect(status).toBe(303);
      });
      expect(await db.groupPermission.count({ where: { groupId: group } })).toBe(4);
      expect(run.length, run.join('\n')).toBeLessThanOrEqual(12);
    }
  });

  it('of a page behind a sign-in are one, and two with its permissions', async () => {
    const seal = await signedIn(await makeStaff('articles.view_article'));
    expect(await statementsOf(() => loadSession(seal))).toHaveLength(1);
    const run = await counted(async () => {
      const { user } = await requestWith(seal);
      expect(await user.hasPerm('articles.view_article')).toBe(true);
      expect(await user.hasPerm('articles.add_article')).toBe(false);
    });
    expect(run).toHaveLength(2);
  });
});
