import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { type TransactionClient, transaction } from '@/lib/db/client';
import { fromBase32 } from '@/lib/extras/mfa/base32';
import { sealSecret } from '@/lib/extras/mfa/factors/totp-secrets';
import { MOST_PASSKEYS } from '@/lib/extras/mfa/passkeys/passkeys';
import type { AllauthFactor } from './authenticators';
import { readPasskey } from './read-passkey';

/** What became of one of allauth's factors. */
export type Imported = 'taken' | 'had' | 'unreadable' | 'not taken';

// Fewer bytes are no secret that allauth makes, which has twenty.
const LEAST_SECRET = 10;

/**
 * Take one factor of allauth's over, in a transaction with its entry in the security log; the row there
 * stays. `had` is what somebody has already, which stays as it is. Recovery codes are `not taken`: eight
 * digits could be tried out from what would be kept of them.
 * allauth: mfa/totp/internal/auth.py, mfa/webauthn/internal/auth.py
 */
export async function importFactor(
  factor: AllauthFactor,
  { isDryRun = false }: { isDryRun?: boolean } = {},
): Promise<Imported> {
  if (factor.type !== 'totp' && factor.type !== 'webauthn') return 'not taken';
  const take = factor.type === 'totp' ? takeTotp(factor) : await takePasskey(factor);
  if (!take) return 'unreadable';
  try {
    return await transaction(async (tx) => {
      const account = (await lockAccounts(tx, [factor.userId])).get(factor.userId);
      if (!account) return 'unreadable';
      if (!(await take(tx))) return 'had';
      const detail = { kind: factor.type, reason: 'imported from allauth' };
      await logSecurityEvent({ name: 'authn_token_created', target: account, detail, tx });
      if (isDryRun) throw new OnlyTried();
      return 'taken';
    });
  } catch (error) {
    if (error instanceof OnlyTried) return 'taken';
    throw error;
  }
}

/** Takes a factor over, unless somebody has it: then false. */
type Take = (tx: TransactionClient) => Promise<boolean>;

function takeTotp({ userId, data, created, lastUsed }: AllauthFactor): Take | null {
  const secret = secretIn(data);
  if (secret === null) return null;
  return async (tx) => {
    if ((await tx.totp.count({ where: { userId } })) > 0) return false;
    await tx.totp.create({
      data: { userId, secret: sealSecret(userId, secret), created, lastUsed },
    });
    return true;
  };
}

// What an adapter of the site has encrypted is no base32.
function secretIn(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('secret' in data)) return null;
  const { secret } = data;
  if (typeof secret !== 'string') return null;
  return (fromBase32(secret)?.length ?? 0) >= LEAST_SECRET ? secret : null;
}

async function takePasskey({
  userId,
  data,
  created,
  lastUsed,
}: AllauthFactor): Promise<Take | null> {
  const passkey = await readPasskey(data);
  if (!passkey) return null;
  const handle = allauthHandle(userId);
  return async (tx) => {
    const { credentialId } = passkey;
    if ((await tx.passkey.count({ where: { credentialId } })) > 0) return false;
    if ((await tx.passkey.count({ where: { userId } })) >= MOST_PASSKEYS) return false;
    // By another handle its authenticator would not be believed.
    const own = await tx.passkeyHandle.findUnique({ where: { userId } });
    if (own && own.handle !== handle) return false;
    if (!own) await tx.passkeyHandle.create({ data: { userId, handle } });
    const signCount = BigInt(passkey.signCount);
    await tx.passkey.create({ data: { ...passkey, signCount, userId, created, lastUsed } });
    return true;
  };
}

// allauth: account/utils.py user_pk_to_url_str, which authenticators give back
function allauthHandle(userId: number): string {
  return Buffer.from(userId.toString(36)).toString('base64url');
}

/** Undoes what was only tried. */
class OnlyTried extends Error {}
