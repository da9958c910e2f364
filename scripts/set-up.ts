// Migrates the database, and prepares one that has nobody yet. What tells who can sign in goes where
// `npm run up` reads it, which ends with it.
import { writeSync } from 'node:fs';
import { CommandError } from '@/lib/core/management/base';
import { command as migrate } from '@/lib/core/management/commands/migrate';
import { terminal } from '@/lib/core/management/terminal';
import { closeDb } from '@/lib/db/client';
import { firstRun } from '@/prisma/first-run';

const TO_UP = 3;

try {
  await migrate.run([], terminal);
  await firstRun({ ...terminal, out: (line) => void writeSync(TO_UP, `${line}\n`) });
} catch (error) {
  terminal.err(error instanceof CommandError ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await closeDb();
}
