import { beforeAll, describe, expect, it } from 'vitest';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { paletteItems, stillSeen } from '@/lib/extras/palette/palette';
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
      'Sessions Sessions of ada',
      'Password Set a password for ada',
      'Offboard Offboard ada',
      'Why Why ada may do what',
      'Group Ada fans',
    ]);
    expect((await found(root, 'gro')).slice(0, 2)).toEqual([
      'Model Groups Authentication and Authorization',
      'Model Add group Authentication and Authorization',
    ]);
    const none = await staff('none');
    const asked = ['ada', 'gro', 'why ada', `why ada ${PERM}`, `who ${PERM}`, 'matrix'];
    for (const text of [
      ...asked,
      'sessions ada',
      'password ada',
      'offboard ada',
      'inactive',
      'change_article',
    ]) {
      expect([text, await found(none, text)]).toEqual([text, []]);
    }
    const sees = await staff('sees', 'auth.view_user');
    expect(await found(sees, 'ada')).toEqual([
      'Person ada Lovelace',
      'Person adam',
      'Why Why ada may do what',
    ]);
    for (const text of ['sessions ada', 'password ada', 'offboard ada', 'change_article']) {
      expect([text, await found(sees, text)]).toEqual([text, []]);
    }
    expect(await found(sees, `who ${PERM}`)).toEqual([]);
  });

  it('does deeds at people, and finds permissions and lists without a word before them', async () => {
    const root = await users.createSuperuser({ username: 'chief' });
    const adaPage = `/admin/auth/user/${adaId}/`;
    const hrefs = async (viewer: User, text: string) =>
      (await paletteItems(viewer, await adminSite.appList(viewer), text)).map(({ href }) => href);
    expect((await hrefs(root, 'sessions ada'))[0]).toBe(
      `/admin/sessions/session/?user_id=${adaId}`,
    );
    expect((await hrefs(root, 'password ada'))[0]).toBe(`${adaPage}password/`);
    expect(await hrefs(root, 'inactive')).toEqual(['/admin/auth/user/?is_active__exact=0']);
    const who = `/admin/auth/permission/${await permissionId(PERM)}/holders/`;
    expect(await hrefs(root, 'change article')).toContain(who);
    // What the page would refuse is not offered: a superuser’s password, and one’s own.
    const changes = await staff('changes', 'auth.change_user');
    expect(await found(changes, 'password chief')).toEqual([]);
    expect(await found(changes, 'password changes')).toEqual([]);
    expect(await found(changes, 'password adam')).toEqual(['Password Set a password for adam']);
    expect(await found(changes, 'offboard chief')).toEqual([]);
    expect(await found(changes, 'offboard changes')).toEqual([]);
    expect(await found(changes, 'offboard adam')).toEqual(['Offboard Offboard adam']);
  });

  it('lets people go again only where they may go still', async () => {
    const went = [
      `/admin/auth/user/${adaId}/change/`,
      '/admin/auth/group/',
      '/admin/auth/matrix/',
      '/dashboard/',
      'https://evil.example/admin/auth/user/',
      '//evil.example/',
      '/admin/no/such/1/',
    ];
    const seen = async (viewer: User) => stillSeen(viewer, await adminSite.appList(viewer), went);
    expect(await seen(await users.createSuperuser({ username: 'boss' }))).toEqual(went.slice(0, 4));
    expect(await seen(await staff('sees people', 'auth.view_user'))).toEqual([went[0], went[3]]);
    expect(await seen(await staff('sees nothing'))).toEqual([went[3]]);
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
