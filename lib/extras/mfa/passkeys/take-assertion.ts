import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { db, type TransactionClient, transaction } from '@/lib/db/client';
import { openChallenge, type Purpose, takeChallenge } from './challenge';
import { tellMayBeCopied } from './copied-mail';
import { type Assertion, clientDataOf, parseAssertion } from './credential';
import { findPasskeyHandle } from './passkeys';
import { takeSignCount } from './sign-count';
import { verifyAssertion } from './verify-assertion';

/** As much of a request as using a passkey needs. */
export type PasskeyRequest = SecurityRequest & { readonly headers: Pick<Headers, 'get'> };

/** A passkey that was used as it should be. */
export type PasskeyUse = {
  readonly id: number;
  readonly userId: number;
  readonly isUserVerified: boolean;
};

/**
 * Why one was refused: `unknown`, it is none of ours (or not of whom it should be); `copied`, its
 * counter has been passed; `wrong`, anything else.
 */
export type PasskeyRefusal = {
  readonly refused: 'unknown' | 'copied' | 'wrong';
  readonly id: string;
};

/** What the answer is for, and whose it must be; null for whoever has the passkey. */
type Meant = { purpose: Exclude<Purpose, 'create'>; user: number | null };

const COLUMNS = {
  id: true,
  userId: true,
  credentialId: true,
  publicKey: true,
  deviceType: true,
} as const;

/**
 * Take the browser's answer, the text of the field `credential`, for a challenge that it was given for
 * this purpose and person. What is right counts once: challenge and counter are used up by one
 * transaction. A passkey that signs in or confirms must have verified its owner; beside a password it
 * is enough to have it. Who it belongs to may be inactive: that is the caller's to ask.
 * WebAuthn L3 7.2; OWASP ASVS 5.0 6.5.7, 6.7.2
 */
export async function takeAssertion(
  request: PasskeyRequest,
  { purpose, user }: Meant,
  text: string,
): Promise<PasskeyUse | PasskeyRefusal> {
  const answer = parseAssertion(text);
  const said = answer && clientDataOf(answer);
  if (!answer || !said) return { refused: 'wrong', id: '' };
  const wrong = { refused: 'wrong', id: answer.id } as const;
  const challenge = await openChallenge(request.headers, { purpose, user }, said.challenge);
  if (!challenge || said.crossOrigin === true) return wrong;
  const stored = await db.passkey.findUnique({
    where: { credentialId: answer.id },
    select: COLUMNS,
  });
  if (!stored || (user !== null && stored.userId !== user)) {
    return { refused: 'unknown', id: answer.id };
  }
  if (!(await isTheirs(answer, stored.userId, purpose))) return wrong;
  const isOwnerVerified = purpose !== 'second';
  const options = { headers: request.headers, isOwnerVerified };
  const verified = await verifyAssertion(answer, challenge, stored, options);
  if (!verified) return wrong;
  const { id, userId } = stored;
  const outcome = await transaction(async (tx) => {
    if (!(await takeChallenge(challenge, tx))) return 'wrong';
    const counted = await takeSignCount(tx, id, { ...verified, isAlone: purpose === 'login' });
    if (counted !== 'right') await logReuse(request, stored, tx);
    return counted;
  });
  if (outcome === 'right') return { id, userId, isUserVerified: verified.isUserVerified };
  // Whoever has the copy must not be able to fill a mailbox by it.
  if (outcome === 'copied') tellMayBeCopied(request, userId);
  return outcome === 'wrong' ? wrong : { refused: 'copied', id: answer.id };
}

// Whoever was found by the passkey alone must be who the authenticator takes them for.
async function isTheirs(
  { response: { userHandle } }: Assertion,
  userId: number,
  purpose: Purpose,
): Promise<boolean> {
  if (!userHandle) return purpose !== 'login';
  return userHandle === (await findPasskeyHandle(userId));
}

async function logReuse(
  request: PasskeyRequest,
  { id, userId }: { id: number; userId: number },
  tx: TransactionClient,
): Promise<void> {
  const target = await findUser(getUserModel(), 'id', userId, tx);
  await logSecurityEvent({
    name: 'authn_token_reuse',
    ...(target && { target }),
    request,
    detail: { kind: 'webauthn', passkey: id },
    tx,
  });
}
