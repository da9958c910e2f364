import { beforeAll, describe, expect, it } from 'vitest';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { makeStaff, makeSuperuser, screens, signIn } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

let root: User;
let grace: User;

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
  grace = await users.createUser({ username: 'grace', firstName: 'Grace', lastName: 'Hopper' });
  for (const user of [root, grace]) await signIn(user);
  await db.session.updateMany({ data: { ipAddress: '192.0.2.1' } });
});

const list = (query: string, viewer = root) =>
  getChangeList(screens('sessions.session'), viewer, new URLSearchParams(query));

const first = async (query: string, viewer = root) =>
  (await list(query, viewer)).rows.map(({ cells }) => cells[0]);

describe('the list of sessions', () => {
  it.each(['q=grace', 'q=Hopper', 'q=grace hopper'])(
    '%s finds those of a person',
    async (query) => {
      const href = `/admin/auth/user/${grace.id}/change/`;
      expect(await first(query)).toEqual([
        { kind: 'rich', value: { cell: 'person', name: 'Grace Hopper', detail: 'grace', href } },
      ]);
    },
  );

  it('still finds by address, and nothing by the name of nobody', async () => {
    expect(await first('q=192.0.2')).toHaveLength(2);
    expect(await first('q=nobody-at-all')).toEqual([]);
  });

  it('neither names people nor finds them for who may not view them', async () => {
    const blind = await makeStaff('sessions.view_session');
    expect(await first('q=grace', blind)).toEqual([]);
    expect(JSON.stringify(await first('', blind))).not.toMatch(/grace|Hopper/i);
    expect(await first('', blind)).toContainEqual({
      kind: 'rich',
      value: { cell: 'person', name: `user ${grace.id}`, detail: '' },
    });
  });

  it('takes as many statements for a hundred sessions as for two', async () => {
    const counted = async () => (await statementsOf(() => list(''))).length;
    const few = await counted();
    const [row] = await db.session.findMany({ omit: { id: true } });
    if (!row) throw new Error('Nobody is signed in.');
    const data = Array.from({ length: 90 }, (_, i) => ({ ...row, sessionKey: `key${i}` }));
    await db.session.createMany({ data });
    expect(await counted()).toBe(few);
  });
});
