import { beforeAll, describe, expect, it, vi } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { logSecurityEvent, logSecurityEvents } from '@/lib/contrib/auth/events/security-events';
import { clearContentTypeCache, getContentType } from '@/lib/contrib/contenttypes/models';
import { db, type TransactionClient, transaction } from '@/lib/db/client';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

/** What `work` prints on stdout; it is told what has been printed so far. */
async function printed(work: (soFar: () => string) => Promise<unknown>): Promise<string> {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    lines.push(String(chunk));
    return true;
  });
  await overrideSettings({ SECURITY_LOG_STDOUT: true }, () => work(() => lines.join('')));
  vi.restoreAllMocks();
  return lines.join('');
}

describe('a printed line of the security log', () => {
  const event = (tx: TransactionClient) =>
    logSecurityEvent({ name: 'user_deleted', target: { id: 1, username: 'joe' }, tx });
  const count = (lines: string) => lines.split('user_deleted').length - 1;

  it('is printed once the transaction is committed, one or many', async () => {
    let before = -1;
    const lines = await printed(async (soFar) => {
      await transaction(async (tx) => {
        await event(tx);
        await logSecurityEvents([{ name: 'user_deleted' }, { name: 'user_deleted' }], tx);
        before = count(soFar());
      });
    });
    expect([before, count(lines)]).toEqual([0, 3]);
  });

  it('is not printed when the transaction is rolled back, by us or by the database', async () => {
    const lines = await printed(async () => {
      const undone = transaction(async (tx) => {
        await event(tx);
        await logSecurityEvents([{ name: 'user_deleted' }], tx);
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      await db.$executeRawUnsafe(
        'CREATE TABLE late (g integer REFERENCES auth_group(id) DEFERRABLE INITIALLY DEFERRED)',
      );
      const refused = transaction(async (tx) => {
        await event(tx);
        await tx.$executeRawUnsafe('INSERT INTO late VALUES (-1)');
      });
      await expect(refused).rejects.toThrow(/foreign ?key/i);
    });
    await db.$executeRawUnsafe('DROP TABLE late');
    expect(lines).toBe('');
  });

  it('is printed once for a transaction that ran again', async () => {
    let runs = 0;
    const lines = await printed(() =>
      transaction(async (tx) => {
        runs += 1;
        await event(tx);
        if (runs < 3) throw new Error('TransactionWriteConflict');
      }),
    );
    expect([runs, count(lines)]).toEqual([3, 1]);
  });
});

describe('the cache of content types', () => {
  it('keeps no row of a transaction that was rolled back', async () => {
    clearContentTypeCache();
    const undone = transaction(async (tx) => {
      await tx.contentType.create({ data: { appLabel: 'shop', model: 'ghost' } });
      expect(await getContentType('shop', 'ghost', tx)).not.toBeNull();
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await getContentType('shop', 'ghost')).toBeNull();
  });
});
