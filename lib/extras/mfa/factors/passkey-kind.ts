import { db, Prisma } from '@/lib/db/client';
import {
  ADD_PASSKEY_PATH,
  CONFIRM_PASSKEY_PATH,
  PASSKEY_OPTIONS_PATH,
  PASSKEYS_PATH,
} from '@/lib/extras/mfa/addresses';
import { takeAssertion } from '@/lib/extras/mfa/passkeys/take-assertion';
import type { FactorKind } from './factor-kind';

/**
 * Passkeys, of which somebody may have several. Beside a password it is enough to have one.
 * WebAuthn L3; allauth: mfa/webauthn
 */
export const passkeyKind: FactorKind = {
  name: 'webauthn',
  label: 'Passkeys',
  method: 'passkey',
  standsAlone: true,
  field: {
    name: 'credential',
    label: 'Use a passkey',
    kind: 'passkey',
    options: PASSKEY_OPTIONS_PATH,
    page: CONFIRM_PASSKEY_PATH,
  },
  exists: (userId) => Prisma.sql`EXISTS (SELECT 1 FROM auth_passkey WHERE user_id = ${userId})`,
  async factorsOf(userId, client = db) {
    const rows = await client.passkey.findMany({
      where: { userId },
      select: { id: true, name: true, created: true, lastUsed: true, copySeen: true },
      orderBy: { id: 'asc' },
    });
    return rows.map(({ id, name, created, lastUsed, copySeen }) => ({
      id,
      label: name,
      created,
      lastUsed,
      ...(copySeen && { note: 'May be copied' }),
    }));
  },
  async accept({ user, value, request }) {
    const { headers } = request;
    if (!headers) return false;
    const purpose = request.user.isAuthenticated ? 'confirm' : 'second';
    const taken = await takeAssertion({ ...request, headers }, { purpose, user: user.id }, value);
    return !('refused' in taken);
  },
  async remove(tx, userId, id) {
    const where = id === undefined ? { userId } : { userId, id };
    return (await tx.passkey.deleteMany({ where })).count;
  },
  summary: (factors) =>
    factors.length === 0
      ? {
          text: 'Sign in with your fingerprint, your face or the PIN of your device, without a password.',
          links: [{ href: ADD_PASSKEY_PATH, label: 'Add a passkey' }],
        }
      : {
          text: factors.length === 1 ? 'You have one.' : `You have ${factors.length}.`,
          links: [{ href: PASSKEYS_PATH, label: 'See your passkeys' }],
        },
};
