import { env } from '@/lib/conf/env';
import { command as createsuperuser } from '@/lib/contrib/auth/management/commands/createsuperuser';
import { formName, getUserModel, verboseName } from '@/lib/contrib/auth/users/user-model';
import { userColumn, usernameColumn, userTable } from '@/lib/contrib/auth/users/user-table';
import type { CommandIo } from '@/lib/core/management/base';
import { capfirst } from '@/lib/core/text';
import { db, Prisma } from '@/lib/db/client';
import { command as seed } from './seed';
import { PEOPLE } from './seed-data';
import { demoName } from './seed-people';

/**
 * While a migrated database has nobody, make the demonstration data and the first superuser, and
 * print what a person needs to sign in; the passwords come from the environment. What a first run
 * left half done is finished. A database with people of its own, one that Django made say, gets
 * nobody: it is told how to make a superuser, if it has none.
 */
export async function firstRun(io: CommandIo): Promise<void> {
  if (await isAnybody(Prisma.sql`${userColumn('isSuperuser')} = ${true}`)) return;
  const demo = Prisma.join(PEOPLE.map(({ username }) => demoName(username)));
  if (await isAnybody(Prisma.sql`${usernameColumn()} NOT IN (${demo})`)) {
    io.out('Nobody is a superuser yet: npm run manage -- createsuperuser');
    return;
  }
  const quiet = { ...io, out() {} };
  const isSeeded = await isAnybody(Prisma.sql`TRUE`);
  await seed.run([], quiet);
  if (!isSeeded) io.out(`Demo people ada, grace and edsger sign in with: ${env.DEMO_PASSWORD}`);
  const { USERNAME_FIELD, EMAIL_FIELD, REQUIRED_FIELDS } = getUserModel();
  const isAddress = USERNAME_FIELD === EMAIL_FIELD;
  const name = isAddress ? 'admin@example.com' : 'admin';
  const address = REQUIRED_FIELDS.includes(EMAIL_FIELD) ? [`--${formName(EMAIL_FIELD)}`, ''] : [];
  const args = ['--noinput', `--${formName(USERNAME_FIELD)}`, name, ...address];
  await createsuperuser.run(args, quiet);
  io.out(`${capfirst(verboseName(getUserModel(), USERNAME_FIELD))}: ${name}`);
  io.out(`Password: ${env.DJANGO_SUPERUSER_PASSWORD}`);
}

async function isAnybody(condition: Prisma.Sql): Promise<boolean> {
  const rows = await db.$queryRaw<
    object[]
  >`SELECT 1 FROM ${userTable()} WHERE ${condition} LIMIT 1`;
  return rows.length > 0;
}
