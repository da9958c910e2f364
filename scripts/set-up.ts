// Migrates the database, and prepares one that has nobody yet.
import { CommandError } from '@/lib/core/management/base';
import { command as migrate } from '@/lib/core/management/commands/migrate';
import { terminal } from '@/lib/core/management/terminal';
import { closeDb } from '@/lib/db/client';
import { firstRun } from '@/prisma/first-run';

try {
  await migrate.run([], terminal);
  await firstRun(terminal);
} catch (error) {
  terminal.err(error instanceof CommandError ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await closeDb();
}
