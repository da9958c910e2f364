import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { populate } from '@/lib/apps/registry';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { decryptColumn, encryptColumn } from '@/lib/core/encryption/encrypt-column';
import { command as rotatecolumns } from '@/lib/core/management/commands/rotatecolumns';
import { db, Prisma } from '@/lib/db/client';
import { checkEncryptedColumns } from '@/lib/db/secrets/encrypted-column-checks';
import { encryptedColumns, registerEncryptedColumn } from '@/lib/db/secrets/encrypted-columns';
import { appConfigs } from '@/lib/site/app-configs';
import { freshDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';

const PURPOSE = 'tests.secret';
const former = settings.SECRET_KEY;
const rotated = {
  SECRET_KEY: 'the next secret, longer than thirty-two',
  SECRET_KEY_FALLBACKS: [former],
};
let undo = () => {};

beforeAll(async () => {
  await freshDatabase();
  await db.$executeRawUnsafe(
    'CREATE TABLE kept (id integer PRIMARY KEY, owner integer, secret text)',
  );
  undo = registerEncryptedColumn({
    table: 'kept',
    column: 'secret',
    id: 'id',
    rowKey: 'owner',
    purpose: PURPOSE,
  });
});

afterAll(async () => {
  undo();
  await db.$executeRawUnsafe('DROP TABLE kept');
});

beforeEach(() => db.$executeRawUnsafe('DELETE FROM kept'));

async function keep(id: number, secret: string | null): Promise<void> {
  await db.$executeRaw`INSERT INTO kept (id, owner, secret) VALUES (${id}, ${id * 10}, ${secret})`;
}

const sealed = (id: number, text = `secret ${id}`) => encryptColumn(PURPOSE, String(id * 10), text);

const kept = () => db.$queryRaw<{ id: number; secret: string | null }[]>`
  SELECT id, secret FROM kept ORDER BY id`;

/** What the command says of the column here: apps have others. */
const said = (lines: readonly string[]) => lines.filter((line) => line.startsWith('kept.'));

const checks = () => overrideSettings(rotated, checkEncryptedColumns);

describe('manage rotatecolumns', () => {
  it('writes anew what only a fallback opens, over many batches, and leaves the rest alone', async () => {
    const many = Array.from({ length: 1100 }, (_, i) => i + 1);
    const rows = many.map((id) => Prisma.sql`(${id}, ${id * 10}, ${sealed(id)})`);
    await db.$executeRaw`INSERT INTO kept (id, owner, secret) VALUES ${Prisma.join(rows)}`;
    await keep(2000, null);
    await keep(2001, '');
    const current = await overrideSettings(rotated, () => sealed(2002));
    await keep(2002, current);
    expect((await checks()).map(({ id, message }) => [id, message])).toEqual([
      ['db.W010', 'kept.secret: only a former secret opens 1100 rows.'],
    ]);
    const { status, out } = await overrideSettings(rotated, () => run(rotatecolumns, []));
    expect([status, said(out)]).toEqual([0, ['kept.secret: 1100 encrypted anew.']]);
    expect(await checks()).toEqual([]);
    await overrideSettings({ ...rotated, SECRET_KEY_FALLBACKS: [] }, async () => {
      for (const { id, secret } of (await kept()).slice(0, 1100)) {
        const opened = decryptColumn(PURPOSE, String(id * 10), secret ?? '');
        expect(opened).toEqual({ text: `secret ${id}`, renewed: null });
      }
    });
    expect((await kept()).slice(1100)).toEqual([
      { id: 2000, secret: null },
      { id: 2001, secret: '' },
      { id: 2002, secret: current },
    ]);
    const again = await overrideSettings(rotated, () => run(rotatecolumns, []));
    expect(said(again.out)).toEqual(['kept.secret: 0 encrypted anew.']);
  });

  it('says of what no secret opens, as a row that was copied, and does not touch it', async () => {
    const foreign = sealed(2);
    await keep(1, foreign);
    await keep(2, sealed(2));
    const { status, out, err } = await overrideSettings(rotated, () => run(rotatecolumns, []));
    expect(status).toBe(1);
    expect(said(out)).toEqual(['kept.secret: 1 encrypted anew.']);
    expect(err).toEqual(['kept.secret: no secret opens 1; they are left as they are.']);
    expect((await kept())[0]?.secret).toBe(foreign);
    expect((await checks()).map(({ id }) => id)).toEqual(['db.E011']);
  });

  it('does nothing where no app has such a column', async () => {
    undo();
    populate([]);
    try {
      expect(encryptedColumns()).toEqual([]);
      expect(await checks()).toEqual([]);
      expect(await run(rotatecolumns, [])).toMatchObject({ status: 0 });
    } finally {
      populate(appConfigs);
    }
  });
});
