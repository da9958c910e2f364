/**
 * Whether somebody may sign in here, and what groups they are in, in a process of a tree that `adopt` wrote
 * into: `tsx tests/support/django-site/sign-in-probe.ts NAME PASSWORD`. Prints one line of JSON.
 */
import '@/lib/site/app-configs';
import { authenticate } from '@/lib/contrib/auth';
import { groupsOf } from '@/lib/contrib/auth/users/user-joins';
import { closeDb, db } from '@/lib/db/client';

const [username = '', password = ''] = process.argv.slice(2);
const user = await authenticate(null, { username, password });
const ids = user ? await groupsOf(db, user.id) : [];
const groups = await db.group.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } });
process.stdout.write(
  `${JSON.stringify({ isSignedIn: user !== null, groups: groups.map(({ name }) => name) })}\n`,
);
await closeDb();
