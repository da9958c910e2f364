import type { CommandIo } from '@/lib/core/management/base';
import { migrationState } from '@/lib/db/migrations/migration-history';

/**
 * Let `migrate` adopt the database, by what was written. Where it fails before that, everything is taken
 * back; where the database is adopted already, what describes it stays, and the person is told how to go
 * on. Resolves to the status of `migrate`.
 */
export async function migrateAdopted(
  migrate: () => Promise<number>,
  takeBack: () => void,
  io: Pick<CommandIo, 'err'>,
): Promise<number> {
  let isDone = false;
  try {
    const status = await migrate();
    isDone = status === 0;
    return status;
  } finally {
    if (!isDone) await undo(takeBack, io);
  }
}

async function undo(takeBack: () => void, io: Pick<CommandIo, 'err'>): Promise<void> {
  // A database that does not answer may be adopted: then the files are needed.
  const isUntouched = await migrationState().then(
    ({ isAdoptable }) => isAdoptable,
    () => false,
  );
  if (isUntouched) {
    takeBack();
    io.err('What was written was taken back.');
    return;
  }
  io.err('The database is adopted, so what was written stays.');
  io.err('Put it right, then run: npm run manage -- migrate');
}
