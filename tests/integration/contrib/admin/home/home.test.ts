import { beforeAll, describe, expect, it } from 'vitest';
import AdminIndex from '@/app/(admin)/admin/page';
import { without } from '@/lib/apps/define-app';
import type { PermissionName } from '@/lib/apps/installed';
import { overrideSettings } from '@/lib/conf/settings';
import { loadHome } from '@/lib/contrib/admin/home/home';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import type { ModelMeta } from '@/lib/contrib/admin/meta';
import { type LoggedAction, logActions } from '@/lib/contrib/admin/models';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db, transaction } from '@/lib/db/client';
import { adminSite } from '@/lib/site/admins';
import { apps } from '@/lib/site/apps';
import { textsOf } from '@/tests/support/admin/page-texts';
import { makeStaff, makeSuperuser, screens } from '@/tests/support/admin/staff';
import { joinGroup, makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { answerOf } from '@/tests/support/plain-source';
import { browserOf } from '@/tests/support/server-call';
import { statementsOf } from '@/tests/support/statements';

const LONG_AGO = new Date(Date.now() - 100 * 86_400_000);
let root: User;

beforeAll(async () => {
  const tearDown = await freshDatabase();
  root = await makeSuperuser();
  await db.user.update({ where: { id: root.id }, data: { lastLogin: new Date() } });
  const ada = await users.createUser({ username: 'ada-in-writers' });
  await joinGroup(ada, await makeGroup('Writers', ['articles.change_article']));
  await makeGroup('Deserted');
  const left = await users.createUser({ username: 'left-long-ago', isStaff: true });
  await db.user.update({ where: { id: left.id }, data: { lastLogin: LONG_AGO } });
  const gone = await users.createUser({ username: 'gone' });
  await db.user.update({ where: { id: gone.id }, data: { isActive: false } });
  await db.throttle.create({
    data: {
      kind: 'login',
      scope: 'network',
      key: '192.0.2.9',
      tries: 60,
      refused: 1,
      blockedUntil: new Date(Date.now() + 600_000),
      started: new Date(),
    },
  });
  await db.securityLogEntry.create({
    data: {
      time: new Date(),
      event: 'authn_login_success',
      actorId: ada.id,
      actorUsername: 'ada-in-writers',
      targetUsername: '',
      ipAddress: '',
      userAgent: '',
      sessionKey: '',
      detail: '{}',
    },
  });
  return tearDown;
});

function homeOf(user: User) {
  return loadHome({ user, site: adminSite });
}

/** What the page itself sends to somebody's browser. */
async function pageOf(user: User): Promise<string> {
  const headers = { cookie: await browserOf(user), host: 'localhost:3000' };
  const request = new Request('http://localhost:3000/admin/', { headers });
  const nowhere = { params: Promise.resolve({}), searchParams: Promise.resolve({}) };
  const { status, value } = await answerOf(request, 'page', () => AdminIndex(nowhere));
  expect(status).toBe(200);
  return textsOf(value).join('\n');
}

function logged(meta: ModelMeta, actions: readonly LoggedAction[]): Promise<void> {
  return transaction((tx) => logActions(tx, root, meta, actions));
}

async function rowsAt(href: string): Promise<number> {
  const [path = '', query = ''] = href.split('?');
  const [, , app, model] = path.split('/');
  const admin = screens(`${app}.${model}`);
  return (await getChangeList(admin, root, new URLSearchParams(query))).count.value;
}

describe('the home of the admin', () => {
  it('counts what its links lead to', async () => {
    const { figures } = await homeOf(root);
    expect(figures.map(({ label, count }) => [label, count.value])).toEqual([
      ['People', 4],
      ['Inactive', 1],
      ['Never signed in', 1],
      ['Groups', 2],
      ['Articles', 0],
    ]);
    for (const { count, href, label } of figures) {
      expect([label, await rowsAt(href)]).toEqual([label, count.value]);
    }
  });

  it('says what needs attention, each a list of just that', async () => {
    const { attention } = await homeOf(root);
    const told = attention.map(({ text }) => text);
    expect(told).toEqual([
      '1 superuser may do everything',
      '1 member of staff has not signed in for 90 days',
      '1 group has no members',
      expect.stringMatching(/^\d+ permissions were given to nobody$/),
      '1 sign-in limit is making somebody wait',
    ]);
    for (const { text, href } of attention) {
      expect([text, await rowsAt(href)]).toEqual([text, Number(text.split(' ')[0])]);
    }
  });

  it('counts who never signed in among the staff that have been away', async () => {
    const never = await makeStaff();
    const { attention } = await homeOf(root);
    expect(attention.map(({ text }) => text)).toContain(
      '2 members of staff have not signed in for 90 days',
    );
    await db.user.delete({ where: { id: never.id } });
  });

  it('offers first steps that lead somewhere, until there are people', async () => {
    const { steps } = await homeOf(root);
    expect(steps.map(({ text }) => text)).toEqual([
      'Ask why ada-in-writers may change article',
      'Take a permission from a group, and read who loses it before you save',
      'Add a person',
      'End a session',
    ]);
    const extra = [];
    for (let i = 0; i < 12; i += 1) extra.push(await users.createUser({ username: `many${i}` }));
    expect((await homeOf(root)).steps).toEqual([]);
    await db.user.deleteMany({ where: { id: { in: extra.map(({ id }) => id) } } });
  });

  it('opens on what is begun most, for who may begin it', async () => {
    const begun = async (...by: Parameters<typeof homeOf>) =>
      (await homeOf(...by)).deeds.map(({ text }) => text);
    expect(await begun(root)).toEqual(['Invite a person', 'Add a person']);
    expect(await begun(await makeStaff('auth.view_user', 'account.view_invitation'))).toEqual([]);
    const INSTALLED_APPS = without(apps, 'account');
    const out = () => overrideSettings({ INSTALLED_APPS }, () => begun(root));
    expect(await out()).toEqual(['Add a person']);
  });

  it('stands without the security log, and tells nothing of it', async () => {
    const INSTALLED_APPS = without(apps, 'security-log');
    const home = await overrideSettings({ INSTALLED_APPS }, () => homeOf(root));
    expect(home.charts).toEqual([]);
    expect(home.figures.length).toBe(5);
  });

  it('costs as many statements with many rows as with few', async () => {
    await homeOf(root);
    const few = await statementsOf(() => homeOf(root));
    const extra = [];
    for (let i = 0; i < 20; i += 1) {
      const user = await users.createUser({ username: `row${i}` });
      await logged(screens('auth.user').meta, [
        { flag: 1, object: { id: user.id, repr: user.username } },
      ]);
      extra.push(user);
    }
    const many = await statementsOf(() => homeOf(root));
    expect(many.length, many.join('\n')).toBeLessThanOrEqual(few.length);
    await db.logEntry.deleteMany();
    await db.user.deleteMany({ where: { id: { in: extra.map(({ id }) => id) } } });
  });
});

describe('whom it tells', () => {
  const SECRETS: [string, RegExp, PermissionName[]][] = [
    ['people', /^People$|Never signed in|superuser|members? of staff/m, ['auth.view_user']],
    ['groups', /^Groups$/m, ['auth.view_group']],
    ['members', /no members/, ['auth.view_group', 'auth.view_user']],
    ['waits', /sign-in limit/, ['security.view_throttle']],
    ['sign-ins', /Sign-ins, the last/, ['security.view_securitylogentry']],
    [
      'unused permissions',
      /given to nobody/,
      ['auth.view_permission', 'auth.view_group', 'auth.view_user'],
    ],
  ];

  it('limited staff of their own part alone', async () => {
    const page = await pageOf(await makeStaff('articles.view_article'));
    for (const [what, words] of SECRETS) expect([what, words.test(page)]).toEqual([what, false]);
    expect(page).not.toContain('ada-in-writers');
    expect(page).toContain('Articles');
    expect(page).toContain('What you did here last.');
  });

  it.each(SECRETS)(
    'of %s whoever may view them, and nobody who lacks one',
    async (_, words, perms) => {
      expect(await pageOf(await makeStaff(...perms))).toMatch(words);
      for (const lacking of perms) {
        const rest = perms.filter((perm) => perm !== lacking);
        expect(await pageOf(await makeStaff(...rest))).not.toMatch(words);
      }
    },
  );

  it('what everybody did: of what one may view, and by whom to who may view people', async () => {
    const ada = await users.createUser({ username: 'edited' });
    const group = await db.group.findFirstOrThrow({ where: { name: 'Writers' } });
    await logged(screens('auth.user').meta, [
      {
        flag: 2,
        object: { id: ada.id, repr: 'edited' },
        messages: [{ changed: { fields: ['Active'] } }],
      },
    ]);
    await logged(screens('auth.group').meta, [
      { flag: 1, object: { id: group.id, repr: 'Writers' }, messages: [{ added: {} }] },
    ]);
    const seesGroups = await makeStaff('admin.view_logentry', 'auth.view_group');
    const page = await pageOf(seesGroups);
    expect(page).toContain('Writers');
    expect(page).toContain(`User ${root.id}`);
    expect(page).not.toContain('edited');
    expect(page).not.toContain(root.username);
    const { activity } = await homeOf(root);
    expect(
      activity.slice(0, 2).map(({ sentence, detail }) => [textsOf(sentence).join(''), detail]),
    ).toEqual([
      [
        expect.stringMatching(
          /^super\d+\/admin\/auth\/user\/\d+\/change\/ added the group Writers/,
        ),
        undefined,
      ],
      [expect.stringMatching(/changed the user edited/), 'Changed Active.'],
    ]);
    await db.user.delete({ where: { id: ada.id } });
  });
});
