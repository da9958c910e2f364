import { db, Prisma } from '@/lib/db/client';
import { recoveryCodeHash } from '@/lib/extras/mfa/recovery-codes';
import type { FactorKind } from './factor-kind';

/**
 * Codes on paper, each of which counts once: the statement that finds it deletes it.
 * OWASP ASVS 5.0 6.5.1, 6.5.2; allauth: mfa/recovery_codes
 */
export const recoveryCodesKind: FactorKind = {
  name: 'recovery_codes',
  label: 'Recovery codes',
  method: 'recovery_code',
  standsAlone: false,
  field: { name: 'code', label: 'Code', kind: 'code' },
  exists: (userId) =>
    Prisma.sql`EXISTS (SELECT 1 FROM auth_recovery_code WHERE user_id = ${userId})`,
  async factorsOf(userId, client = db) {
    const rows = await client.recoveryCode.findMany({
      where: { userId },
      select: { id: true, created: true },
      orderBy: { id: 'asc' },
    });
    return rows.map((row) => ({ ...row, label: '', lastUsed: null }));
  },
  async accept({ user: { id }, value }) {
    const hash = recoveryCodeHash(value);
    if (hash === null) return false;
    const used = await db.$queryRaw<{ id: number }[]>`
      DELETE FROM auth_recovery_code WHERE user_id = ${id} AND code_hash = ${hash} RETURNING id`;
    return used.length === 1;
  },
  async remove(tx, userId) {
    return (await tx.recoveryCode.deleteMany({ where: { userId } })).count;
  },
  summary: (factors) => ({
    text:
      factors.length === 0
        ? 'You have none left: without your device you could not sign in.'
        : `${factors.length} left, each good once, for when your device is not at hand.`,
    links: [{ href: '/accounts/2fa/recovery-codes/generate/', label: 'Make new ones' }],
  }),
};
