import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { command as clearsessions } from '@/lib/contrib/sessions/management/commands/clearsessions';
import { db, transaction } from '@/lib/db/client';
import { useOnce } from '@/lib/db/secrets/use-once';
import { freshDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';

const inAnHour = () => new Date(Date.now() + 3_600_000);

beforeAll(freshDatabase);
beforeEach(() => db.used.deleteMany());

describe('useOnce', () => {
  it('is true for one of fifty at once', async () => {
    const uses = Array.from({ length: 50 }, () => useOnce('challenge', 'the same', inAnHour()));
    expect((await Promise.all(uses)).filter(Boolean)).toEqual([true]);
    expect(await useOnce('challenge', 'the same', inAnHour())).toBe(false);
  });

  it('keeps kinds and values apart, and no value that could be used', async () => {
    expect(await useOnce('challenge', 'a', inAnHour())).toBe(true);
    expect(await useOnce('state', 'a', inAnHour())).toBe(true);
    expect(await useOnce('challenge', 'A', inAnHour())).toBe(true);
    expect(await useOnce('challenge', 'long '.repeat(9999), inAnHour())).toBe(true);
    const rows = await db.used.findMany();
    for (const { key } of rows) expect(key).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is used up only if the transaction is committed', async () => {
    const undone = transaction(async (tx) => {
      expect(await useOnce('jti', 'x', inAnHour(), tx)).toBe(true);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await transaction((tx) => useOnce('jti', 'x', inAnHour(), tx))).toBe(true);
    expect(await useOnce('jti', 'x', inAnHour())).toBe(false);
  });

  it('is forgotten by clearsessions once it is worth nothing, and not before', async () => {
    await useOnce('state', 'over', new Date(Date.now() - 1000));
    await useOnce('state', 'living', inAnHour());
    expect((await run(clearsessions, [])).status).toBe(0);
    expect(await db.used.count()).toBe(1);
    expect(await useOnce('state', 'living', inAnHour())).toBe(false);
  });
});
