import { env } from '@/lib/conf/env';
import { command as createsuperuser } from '@/lib/contrib/auth/management/commands/createsuperuser';
import type { CommandIo } from '@/lib/core/management/base';
import { db } from '@/lib/db/client';
import { command as seed } from './seed';
import { PEOPLE } from './seed-data';

const DEMO_NAMES = PEOPLE.map(({ username }) => username);

/**
 * While a migrated database has nobody, make the demonstration data and the first superuser, and
 * print what a person needs to sign in; the passwords come from the environment. What a first run
 * left half done is finished. A database with people of its own, one that Django made say, gets
 * nobody: it is told how to make a superuser, if it has none.
 */
export async function firstRun(io: CommandIo): Promise<void> {
  if ((await db.user.count({ where: { isSuperuser: true } })) > 0) return;
  if ((await db.user.count({ where: { username: { notIn: DEMO_NAMES } } })) > 0) {
    io.out('Nobody is a superuser yet: npm run manage -- createsuperuser');
    return;
  }
  const quiet = { ...io, out() {} };
  const isSeeded = (await db.user.count()) > 0;
  await seed.run([], quiet);
  if (!isSeeded) io.out(`Demo people ada, grace and edsger sign in with: ${env.DEMO_PASSWORD}`);
  await createsuperuser.run(['--noinput', '--username', 'admin', '--email', ''], quiet);
  io.out('Username: admin');
  io.out(`Password: ${env.DJANGO_SUPERUSER_PASSWORD}`);
}
