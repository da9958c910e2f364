import { setTimeout as sleep } from 'node:timers/promises';
import { closeDb, db, transaction } from '@/lib/db/client';

// Run by a test as a second process: holds the write lock for the given milliseconds.
const milliseconds = Number(process.argv[2]);

await transaction(async (tx) => {
  await tx.group.create({ data: { name: `held ${process.pid}` } });
  process.stdout.write('locked\n');
  await sleep(milliseconds);
});
await db.group.count();
await closeDb();
