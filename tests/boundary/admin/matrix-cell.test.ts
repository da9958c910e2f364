import { beforeAll, describe, expect, it } from 'vitest';
import { GET } from '@/app/(matrix)/admin/auth/matrix/cell/route';
import { users } from '@/lib/contrib/auth/users/managers';
import { joinGroup, makeGroup, permissionId } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { answerOf } from '@/tests/support/plain-source';
import { makePerson } from '../people';
import { requestOf } from '../probe';

const GIVEN = 'articles.add_article';
const HELD = 'articles.view_article';

let group = 0;
let ida = 0;
let given = 0;
let held = 0;

beforeAll(async () => {
  const tearDown = await freshDatabase();
  group = await makeGroup('Editors', [HELD]);
  const member = await users.createUser({ username: 'ida', password: null });
  ida = member.id;
  await joinGroup(member, group);
  given = await permissionId(GIVEN);
  held = await permissionId(HELD);
  return tearDown;
});

async function ask(cookie: string, change: string) {
  const query = new URLSearchParams({ change });
  const request = requestOf('handler', { cookie, path: `/admin/auth/matrix/cell/?${query}` });
  const address = { params: Promise.resolve({}) };
  const { status, value } = await answerOf(request, 'handler', () => GET(request, address));
  const text = value instanceof Response ? await value.text() : '';
  return { status, text, facts: status === 200 ? JSON.parse(text) : null };
}

describe('what a cell of the matrix is asked', () => {
  it('is told by name to who may view users, holders and all', async () => {
    const { cookie } = await makePerson('root', { isStaff: true, isSuperuser: true });
    const named = { count: 1, names: [expect.objectContaining({ id: ida, username: 'ida' })] };
    const nobody = { count: 0, names: [] };
    const gives = await ask(cookie, `g${group}+${given}`);
    expect(gives.facts).toEqual({
      holders: { count: 0, isExact: true },
      change: { gains: named, losses: nobody, refusals: [] },
    });
    const takes = await ask(cookie, `g${group}-${held}`);
    expect(takes.facts).toEqual({
      holders: { count: 1, isExact: true },
      change: { gains: nobody, losses: named, refusals: [] },
    });
  });

  it('names nobody to who may not view users, and says what would be refused', async () => {
    const perms = ['auth.view_group', 'auth.change_group', GIVEN] as const;
    const { cookie } = await makePerson('grouper', { isStaff: true }, ...perms);
    const { facts, text } = await ask(cookie, `g${group}+${given}`);
    expect(facts).toMatchObject({ holders: null, change: { gains: { count: 1, names: [] } } });
    expect(text).not.toContain('ida');
    const id = await permissionId('auth.delete_user');
    const refused = await ask(cookie, `g${group}+${id}`);
    expect(refused.facts.change.refusals.join()).toContain('auth.delete_user');
  });

  it('tells who may only look nothing of what a change would do', async () => {
    const { cookie } = await makePerson('viewer', { isStaff: true }, 'auth.view_group');
    const { facts, text } = await ask(cookie, `g${group}-${held}`);
    expect(facts).toEqual({ holders: null, change: null });
    expect(text).not.toContain('ida');
    expect((await ask(cookie, `u${ida}+${given}`)).status).toBe(403);
  });

  it('is refused to everybody else, and of what no cell is there is nothing', async () => {
    const staff = await makePerson('staff', { isStaff: true });
    const member = await makePerson('member', {}, 'auth.view_group');
    expect((await ask(staff.cookie, `g${group}-${held}`)).status).toBe(403);
    for (const cookie of ['', member.cookie]) {
      expect((await ask(cookie, `g${group}-${held}`)).text).not.toContain('holders');
    }
    const { cookie } = await makePerson('asker', { isStaff: true }, 'auth.view_group');
    for (const odd of ['', 'x', `g${group}`, 'g1+1 g1+2', 'g0+1', `g${group}+2147483647`]) {
      expect([odd, (await ask(cookie, odd)).status]).toEqual([odd, 404]);
    }
  });
});
