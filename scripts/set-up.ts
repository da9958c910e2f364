/**
 * Migrates the database; then, while it has no superuser, makes the demonstration data and the
 * first one, and prints what a person needs to sign in. The passwords come from the environment.
 */
import { env } from '@/lib/conf/env';
import { CommandError } from '@/lib/core/management/base';
import { terminal } from '@/lib/core/management/terminal';
import { closeDb, db } from '@/lib/db/client';
import { command as migrate } from '@/lib/db/management/commands/migrate';

async function setUp(): Promise<void> {
  await migrate.run([], terminal);
  if ((await db.user.count({ where: { isSuperuser: true } })) > 0) return;
  const quiet = { ...terminal, out() {} };
  const { command: seed } = await import('@/prisma/seed');
  const createSuperuser = await import('@/lib/auth/management/commands/createsuperuser');
  const isSeeded = (await db.user.count({ where: { username: 'ada' } })) > 0;
  await seed.run([], quiet);
  if (!isSeeded) {
    terminal.out(`Demo people ada, grace and edsger sign in with: ${env.DEMO_PASSWORD}`);
  }
  await createSuperuser.command.run(['--noinput', '--username', 'admin', '--email', ''], quiet);
  terminal.out('Username: admin');
  terminal.out(`Password: ${env.DJANGO_SUPERUSER_PASSWORD}`);
}

try {
  await setUp();
} catch (error) {
  terminal.err(error instanceof CommandError ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await closeDb();
}
