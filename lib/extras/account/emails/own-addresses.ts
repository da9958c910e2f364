import {
  logSecurityEvent,
  type OwaspEventName,
  type SecurityRequest,
} from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { deleteCascading } from '@/lib/contrib/auth/users/cascade';
import { type TransactionClient, transaction } from '@/lib/db/client';
import { isUniqueViolation } from '@/lib/db/errors';
import { addressesOf, isTakenByOthers, MAX_ADDRESSES, syncPrimary } from './addresses';
import { changePrimary, formerOf } from './change-primary';
import type { Former } from './letters';

type Own = SecurityRequest & {
  user: User;
  session: { readonly id: number | null; readonly keyHash: string | null };
};

/** What came of it, or what is wrong with it, in a sentence. */
export type Outcome<T> = T | { error: string };

const NOT_YOURS = 'That is none of your addresses.';

/**
 * Add an address to one's own, unconfirmed: nothing is done with it until its owner confirms it. Whether
 * somebody else has it makes no difference that one could see. Gives what the address that the account
 * has is to be told.
 * allauth: account/internal/flows/manage_email.py add_email
 */
export function addAddress(request: Own, email: string): Promise<Outcome<{ former: Former }>> {
  return changing(request, async (tx, user) => {
    const addresses = await addressesOf(user, tx);
    if (addresses.some((each) => each.email === email)) {
      return { error: 'This address is among yours already.' };
    }
    if (addresses.length >= MAX_ADDRESSES) {
      return { error: `You have ${MAX_ADDRESSES} addresses: remove one of them first.` };
    }
    const former = await formerOf(tx, user);
    await tx.emailAddress.create({
      data: { userId: user.id, email, verified: false, primary: false },
    });
    await log(tx, request, 'authn_token_created');
    return { former };
  });
}

/**
 * Make a confirmed address of one's own the one of the account. Gives the one that it was and what that
 * is to be told.
 * allauth: account/internal/flows/manage_email.py mark_as_primary
 */
export function makePrimary(
  request: Own,
  email: string,
): Promise<Outcome<{ from: string; former: Former }>> {
  return changing(request, async (tx, user) => {
    const address = (await addressesOf(user, tx)).find((each) => each.email === email);
    if (!address) return { error: NOT_YOURS };
    if (address.primary) return { error: 'Your account has this address already.' };
    if (!address.verified) return { error: 'Confirm this address first.' };
    if (await isTakenByOthers(email, user.id, tx)) return { error: 'This cannot be used.' };
    return { from: user.email, former: await changePrimary(tx, request, { id: 0, email }) };
  });
}

/**
 * Remove an address of one's own; the one of the account stays.
 * allauth: account/internal/flows/manage_email.py delete_email
 */
export function removeAddress(request: Own, email: string): Promise<Outcome<{ email: string }>> {
  return changing(request, async (tx, user) => {
    const address = (await addressesOf(user, tx)).find((each) => each.email === email);
    if (!address) return { error: NOT_YOURS };
    if (address.primary || address.id === null) {
      return { error: 'Your account needs this one: make another address primary first.' };
    }
    await deleteCascading(tx, 'EmailAddress', [address.id]);
    await log(tx, request, 'authn_token_revoked');
    return { email };
  });
}

// The user's row is locked first, and read then: two tabs change it one after the other.
function changing<T extends object>(
  { user }: Own,
  work: (tx: TransactionClient, user: Pick<User, 'id' | 'email'>) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  return transaction(async (tx) => {
    const account = (await lockAccounts(tx, [user.id])).get(user.id);
    if (!account) return { error: NOT_YOURS };
    await syncPrimary(tx, account);
    return work(tx, account);
  }).catch((error: unknown) => {
    // As allauth's table was once, where an address is one person's before it is confirmed.
    if (isUniqueViolation(error)) return { error: 'This cannot be used.' };
    throw error;
  });
}

function log(tx: TransactionClient, request: Own, name: OwaspEventName): Promise<void> {
  const { user } = request;
  const detail = { kind: 'email address' };
  return logSecurityEvent({ name, actor: user, target: user, request, detail, tx });
}
