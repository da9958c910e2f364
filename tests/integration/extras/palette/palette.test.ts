import { beforeAll, describe, expect, it } from 'vitest';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { paletteItems } from '@/lib/extras/palette/palette';
import { adminSite } from '@/lib/site/admins';
import { grant, makeGroup, permissionId, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

const PERM = 'articles.change_article';
let adaId = 0;

beforeAll(async () => {
  const tearDown = await freshDatabase();
  adaId = (await users.createUser({ username: 'ada', lastName: 'Lovelace' })).id;
  await users.createUser({ username: 'adam' });
  await makeGroup('Ada fans');
  return tearDown;
});

async function staff(username: string, ...perms: string[]): Promise<User> {
  const user = await users.createUser({ username, isStaff: true });
  for (const perm of perms) await grant(user, perm);
  return reload(user);
}

async function found(viewer: User, text: string): Promise<string[]> {
  const items = await paletteItems(viewer, await adminSite.appList(viewer), text);
  return items.map(({ kind, label, detail }) => `${kind} ${label} ${detail}`.trim());
}

describe('paletteItems', () => {
  it('finds people, groups and models for who may view them, and nothing of them for others', async () => {
    const root = await users.createSuperuser({ username: 'root' });
    expect(await found(root, 'ada')).toEqual([
      'Person ada Lovelace',
      'Person adam',
      'Group Ada fans',
    ]);
    expect(await found(root, 'gro')).toEqual([
      'Model Groups Authentication and Authorization',
      'Model Add group Authentication and Authorization',
    ]);
    const none = await staff('none');
    for (const text of ['ada', 'gro', 'why ada', `why ada ${PERM}`, `who ${PERM}`, 'matrix']) {
      expect([text, await found(none, text)]).toEqual([text, []]);
    }
    const sees = await staff('sees', 'auth.view_user');
    expect(await found(sees, 'ada')).toEqual(['Person ada Lovelace', 'Person adam']);
    expect(await found(sees, `who ${PERM}`)).toEqual([]);
  });

  it('asks why and who', async () => {
    const sees = await staff('sees more', 'auth.view_user', 'auth.view_permission');
    const apps = await adminSite.appList(sees);
    const [why] = await paletteItems(sees, apps, 'why ada change_article');
    expect(why).toEqual({
      kind: 'Why',
      label: 'ada',
      detail: PERM,
      href: `/admin/auth/user/${adaId}/permissions/?perm=articles.change_article`,
    });
    const [who] = await paletteItems(sees, apps, `Who ${PERM}`);
    expect(who?.href).toBe(`/admin/auth/permission/${await permissionId(PERM)}/holders/`);
    expect(await found(sees, 'why ad')).toEqual([
      'Why ada every permission',
      'Why adam every permission',
    ]);
    expect(await found(sees, 'why nobody')).toEqual([]);
  });

  it.each(['\0', '\ud800', "' OR 1=1 --", 'why \0 x', '%', 'x '.repeat(600)])(
    'answers %j with a list',
    async (text) => {
      const sees = await staff(`odd ${text.length} ${text.charCodeAt(0)}`, 'auth.view_user');
      expect(Array.isArray(await found(sees, text))).toBe(true);
    },
  );
});
