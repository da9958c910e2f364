import { beforeAll, describe, expect, it } from 'vitest';
import { databaseProvider, db, type TransactionClient, transaction } from '@/lib/db/client';
import { makeUser, save, untouched } from '@/tests/support/admin/object-forms';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import { makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

/** Until somebody waits for a lock of this transaction. On SQLite whoever asks waits by then. */
async function awaitWaiter(tx: TransactionClient): Promise<void> {
  if (databaseProvider() === 'sqlite') return;
  for (;;) {
    const [row] = await tx.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) AS count FROM pg_locks WHERE NOT granted
        AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())`;
    if (Number(row?.count) > 0) return;
  }
}

describe('of two who save one row at once', () => {
  it('the second sees what the first has done, of a group', async () => {
    const [by, id] = [await makeSuperuser(), await makeGroup('as it was')];
    const fields = { ...(await untouched(screens('auth.group'), id)), name: 'mine' };
    const saving = await transaction(async (tx) => {
      await tx.group.update({ where: { id }, data: { name: 'theirs' } });
      const second = { outcome: save('auth.group', fields, { id, by }) };
      await awaitWaiter(tx);
      return second;
    });
    expect((await saving.outcome).kind).toBe('conflict');
    expect((await db.group.findUniqueOrThrow({ where: { id } })).name).toBe('theirs');
  });

  it('the second sees what the first has done, of a user', async () => {
    const [by, { id }] = [await makeSuperuser(), await makeUser()];
    const fields = { ...(await untouched(screens('auth.user'), id)), first_name: 'Mine' };
    const saving = await transaction(async (tx) => {
      await tx.user.update({ where: { id }, data: { firstName: 'Theirs' } });
      const second = { outcome: save('auth.user', fields, { id, by }) };
      await awaitWaiter(tx);
      return second;
    });
    expect((await saving.outcome).kind).toBe('conflict');
    expect((await db.user.findUniqueOrThrow({ where: { id } })).firstName).toBe('Theirs');
  });
});
