import { randomBytes } from 'node:crypto';
import { Http404, ValidationError } from '@/lib/core/exceptions';
import { type DbClient, db, type TransactionClient } from '@/lib/db/client';
import { isTaken } from '@/lib/db/errors';
import type { NewCredential } from './verify-attestation';

/** How many passkeys one person may have. */
export const MOST_PASSKEYS = 20;

/** What whoever has that many is told. */
export const TOO_MANY = `You have ${MOST_PASSKEYS} passkeys, which is as many as one may have. Remove one first.`;

/** Characters of the name that somebody gives a passkey of theirs. */
export const NAME_LENGTH = 100;

/** A passkey as its owner sees it; nothing in it verifies anything. */
export type Passkey = {
  readonly id: number;
  readonly credentialId: string;
  readonly transports: string;
  readonly name: string;
  readonly deviceType: string;
  readonly created: Date;
  readonly lastUsed: Date | null;
  readonly copySeen: Date | null;
};

const SHOWN = {
  id: true,
  credentialId: true,
  transports: true,
  name: true,
  deviceType: true,
  created: true,
  lastUsed: true,
  copySeen: true,
} as const;

/** The passkeys of a person, the oldest first. */
export function passkeysOf(userId: number, client: DbClient = db): Promise<Passkey[]> {
  return client.passkey.findMany({ where: { userId }, select: SHOWN, orderBy: { id: 'asc' } });
}

/** One of a person's own passkeys. Throws Http404 for none, and for somebody else's. */
export async function ownPasskeyOrThrow(userId: number, id: number | null): Promise<Passkey> {
  const where = { id: id ?? 0, userId };
  const passkey = await db.passkey.findFirst({ where, select: SHOWN });
  if (!passkey) throw new Http404();
  return passkey;
}

/**
 * By what authenticators know this person: 64 random bytes in base64url, made when they are first
 * needed, and the same for all of their passkeys. It says nothing about them, not even their id.
 * WebAuthn L3 14.6.1
 */
export async function passkeyHandle(userId: number): Promise<string> {
  const handle = randomBytes(64).toString('base64url');
  await db.$executeRaw`
    INSERT INTO auth_passkey_handle (user_id, handle) VALUES (${userId}, ${handle})
    ON CONFLICT (user_id) DO NOTHING`;
  return (await findPasskeyHandle(userId)) ?? handle;
}

/** The same; null for somebody who never needed one. */
export async function findPasskeyHandle(userId: number): Promise<string | null> {
  const select = { handle: true };
  return (await db.passkeyHandle.findUnique({ where: { userId }, select }))?.handle ?? null;
}

/**
 * Add a passkey that was just made, in the transaction of the caller. Returns its id. Throws a
 * ValidationError when the person has as many as they may, or when the id is known already, whosever.
 */
export async function addPasskey(
  tx: TransactionClient,
  userId: number,
  { name, ...credential }: NewCredential & { name: string },
  now = new Date(),
): Promise<number> {
  // Two at once count one after the other.
  await tx.passkeyHandle.updateMany({ where: { userId }, data: { userId } });
  if ((await tx.passkey.count({ where: { userId } })) >= MOST_PASSKEYS) {
    throw new ValidationError(TOO_MANY, 'max_passkeys');
  }
  const signCount = BigInt(credential.signCount);
  const data = { ...credential, signCount, name, userId, created: now };
  try {
    return (await tx.passkey.create({ data, select: { id: true } })).id;
  } catch (error) {
    if (!isTaken(error, 'auth_passkey', 'credential_id')) throw error;
    throw new ValidationError('This passkey is known here already.', 'unique', 'credential');
  }
}

/** Call a passkey of this person something else. Throws Http404 for none, and for somebody else's. */
export async function renamePasskey(userId: number, id: number, name: string): Promise<void> {
  const { count } = await db.passkey.updateMany({ where: { id, userId }, data: { name } });
  if (count === 0) throw new Http404();
}
