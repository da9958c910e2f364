import type { User } from '@/lib/contrib/auth/models';
import { forgetAuthMethods } from '@/lib/contrib/auth/sign-in/auth-methods';
import { LAST_WAY_IN, waysInOf } from '@/lib/contrib/auth/sign-in/ways-in';
import type { TransactionClient } from '@/lib/db/client';
import {
  countFactors,
  countRequiredFactors,
  factorMethods,
  TRUSTED_BROWSER,
} from '@/lib/extras/mfa/possession';
import { factorRequirement, requirementSentence } from '@/lib/extras/mfa/requirement';
import type { HttpRequest } from '@/lib/http/request';
import { changeFactors } from './factor-changes';
import type { FactorKind } from './factor-kind';
import { ALL_KINDS } from './kinds';

/**
 * Remove a factor of whoever asks, the one with this id or all of its kind. With their last one go the
 * recovery codes, and what their session has proven by factors. Gives the number of other sessions
 * that ended, or a sentence: a factor that is required is not taken away, nor the last way in,
 * and what is gone is gone.
 * For actions; the person has confirmed who they are by a factor.
 * allauth: mfa/adapter.py can_delete_authenticator
 */
export async function removeFactor(
  request: HttpRequest<User>,
  kind: FactorKind,
  id?: number,
): Promise<{ ended: number } | string> {
  const { user, session } = request;
  const requirement = await factorRequirement(user);
  let refusal = 'There is nothing to turn off any more.';
  const change = {
    name: 'authn_token_revoked',
    kind: kind.name,
    what: `A second factor (${kind.label.toLowerCase()}) was removed`,
  } as const;
  const done = await changeFactors(request, user, change, async (tx) => {
    const before = await waysInOf(tx, user.id);
    if ((await kind.remove(tx, user.id, id)) === 0) return null;
    if (requirement && (await countRequiredFactors(tx, user.id)) === 0) {
      refusal = `${requirementSentence(requirement)} This is your last: set up another first.`;
      return null;
    }
    // Whoever had none comes in by what counts none, a proxy say.
    if (before > 0 && (await waysInOf(tx, user.id)) === 0) {
      refusal = LAST_WAY_IN;
      return null;
    }
    if ((await countFactors(tx, user.id)) > 0) return { isLast: false };
    await removeAll(tx, user.id);
    return { isLast: true };
  });
  if (!done) return refusal;
  if (done.result.isLast) forgetAuthMethods(session, [...factorMethods(), TRUSTED_BROWSER]);
  return { ended: done.ended };
}

/** Remove every factor of a person, also of kinds that are not supported any more, and what stands in for one. Returns how many there were. */
export async function removeAll(tx: TransactionClient, userId: number): Promise<number> {
  let count = 0;
  for (const kind of ALL_KINDS) count += await kind.remove(tx, userId);
  return count;
}
