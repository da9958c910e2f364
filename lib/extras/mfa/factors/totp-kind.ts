import { settings } from '@/lib/conf/settings';
import { db, Prisma } from '@/lib/db/client';
import { matchingStep } from '@/lib/extras/mfa/totp';
import type { FactorKind } from './factor-kind';
import { openSecret } from './totp-secrets';

/** How codes are made and how far clocks may differ, as the settings say. */
export function totpPolicy(): { period: number; digits: number; tolerance: number } {
  return {
    period: settings.MFA_TOTP_PERIOD,
    digits: settings.MFA_TOTP_DIGITS,
    tolerance: settings.MFA_TOTP_TOLERANCE,
  };
}

/**
 * Codes of an authenticator app. A code counts once: one statement takes its time step, and with it
 * all before.
 * RFC 6238, section 5.2; allauth: mfa/totp
 */
export const totpKind: FactorKind = {
  name: 'totp',
  label: 'Authenticator app',
  method: 'totp',
  standsAlone: true,
  field: { name: 'code', label: 'Code', kind: 'code' },
  exists: (userId) => Prisma.sql`EXISTS (SELECT 1 FROM auth_totp WHERE user_id = ${userId})`,
  async factorsOf(userId, client = db) {
    const select = { id: true, created: true, lastUsed: true };
    const row = await client.totp.findUnique({ where: { userId }, select });
    return row ? [{ ...row, label: '' }] : [];
  },
  async accept({ user: { id }, value, now = new Date() }) {
    const row = await db.totp.findUnique({ where: { userId: id }, select: { secret: true } });
    const secret = row && openSecret(id, row.secret);
    const step = secret && matchingStep(secret, value, totpPolicy(), now);
    return typeof step === 'number' && takeStep(id, step, now);
  },
  async remove(tx, userId, id) {
    const where = id === undefined ? { userId } : { userId, id };
    return (await tx.totp.deleteMany({ where })).count;
  },
  summary: (factors) =>
    factors.length === 0
      ? {
          text: 'A code from an app on your phone, another one every half minute.',
          links: [{ href: '/accounts/2fa/totp/activate/', label: 'Set up' }],
        }
      : { text: 'In use.', links: [{ href: '/accounts/2fa/totp/deactivate/', label: 'Turn off' }] },
};

async function takeStep(userId: number, step: number, now: Date): Promise<boolean> {
  const count = await db.$executeRaw`
    UPDATE auth_totp SET last_step = ${step}, last_used = ${now}
    WHERE user_id = ${userId} AND last_step < ${step}`;
  return count === 1;
}
