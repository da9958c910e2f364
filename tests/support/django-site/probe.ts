/**
 * What a site does that has adopted a Django's database, in a process of the tree that `adopt` wrote
 * into: `tsx tests/support/django-site/probe.ts NAME PASSWORD`. Prints what it saw as one line of JSON.
 */
import '@/lib/site/app-configs';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { authenticate } from '@/lib/contrib/auth';
import { addUser } from '@/lib/contrib/auth/admin/add-user';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { findUserByName, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { closeDb, db } from '@/lib/db/client';
import { save, untouched } from '@/tests/support/admin/object-forms';
import { requestOf } from '@/tests/support/admin/staff';
import { requestWith, signedIn } from '@/tests/support/auth/sign-in';

const [username = '', password = ''] = process.argv.slice(2);
const model = getUserModel();

async function required(name: string) {
  const user = await findUserByName(name);
  if (!user) throw new Error(`There is no ${name}.`);
  return user;
}

const user = await authenticate(null, { username, password });
if (!user) throw new Error(`${username} cannot sign in.`);
const seal = await signedIn(user);
const back = await requestWith(seal);
const boss = await required('boss@example.com');
const key = userModelKey();
const list = await getChangeList(userAdmin(), boss, new URLSearchParams({ q: username }));

// A group given here, by the form of the admin, with its entry in the history.
const group = await db.group.create({ data: { name: 'Given here' } });
const fields = await untouched(userAdmin(), user.id);
const saved = await save(
  key,
  { ...fields, groups: [...[fields['groups'] ?? []].flat(), group.id] },
  { id: user.id, by: boss },
);
const further = Object.fromEntries(
  model.REQUIRED_FIELDS.map((name) => [name, name === 'email' ? 'eve@example.com' : 'Eve']),
);
const added = await addUser(requestOf(boss), {
  username: 'eve@example.com',
  further,
  password: 'correct horse 43',
});
const eve = await required('eve@example.com');
const gone = await addUser(requestOf(boss), {
  username: 'gone@example.com',
  further: { ...further, email: 'gone@example.com' },
  password: null,
});
const goneUser = await required('gone@example.com');
const isDeleted = await goneUser.delete();

process.stdout.write(
  `${JSON.stringify({
    id: user.id,
    idIsNumber: [user, back.user, eve].every(({ id }) => typeof id === 'number'),
    isSignedIn: back.user.id === user.id,
    permissions: [...(await user.getAllPermissions())].toSorted(),
    listed: list.rows.map(({ str }) => str),
    saved: saved !== null && typeof saved === 'object',
    added: 'id' in added && 'id' in gone,
    isDeleted,
    stored: user.encodedPassword(),
    eve: eve.encodedPassword(),
    history: await db.logEntry.count({ where: { userId: boss.id } }),
  })}\n`,
);
await closeDb();
