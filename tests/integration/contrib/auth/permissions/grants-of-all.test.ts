import { beforeAll, expect, it } from 'vitest';
import { loadGrants, loadGrantsOfAll } from '@/lib/contrib/auth/permissions/held-permissions';
import { users } from '@/lib/contrib/auth/users/managers';
import { grant, joinGroup, makeGroup, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

beforeAll(freshDatabase);

it('gives each of many what each is given alone, superusers among them, in one statement', async () => {
  const root = await users.createSuperuser({ username: 'root' });
  const made = [];
  for (const username of ['nothing', 'own', 'member', 'both']) {
    made.push(await users.createUser({ username, password: null }));
  }
  const [nothing, own, member, both] = made;
  if (!nothing || !own || !member || !both) throw new Error('They are made above.');
  const groupId = await makeGroup('Readers', ['auth.view_user', 'auth.view_group']);
  for (const user of [member, both, root]) await joinGroup(user, groupId);
  for (const user of [own, both]) await grant(user, 'auth.view_user');
  const all = [root, nothing, own, member, both];
  const together = await Promise.all(all.map(reload));
  expect(await statementsOf(() => loadGrantsOfAll(together))).toHaveLength(1);
  expect(await statementsOf(() => Promise.all(together.map((each) => loadGrants(each))))).toEqual(
    [],
  );
  for (const [i, user] of together.entries()) {
    expect(await loadGrants(user), user.username).toEqual(
      await loadGrants(await reload(all[i] ?? root)),
    );
  }
  expect((await loadGrants(together[1] ?? root)).permissions.size).toBe(0);
});
