import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import type { PendingState } from '@/lib/contrib/auth/sign-in/pending-state';
import { sealedCookie } from '@/lib/core/sealed-cookie';
import { changeFactors } from '@/lib/extras/mfa/factors/factor-changes';
import { countFactors } from '@/lib/extras/mfa/possession';
import { newRecoveryCodes, recoveryCodeHash } from '@/lib/extras/mfa/recovery-codes';
import { type FormState, refusedField } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { hasEnrolledFactor } from './enrolled-factor';
import {
  dropUnconfirmed,
  ENROLMENT_AGE,
  ENROLMENT_PATH,
  keepAndRedraw,
  keepInAction,
  keepUnconfirmed,
  openUnconfirmed,
} from './enrolment-cookie';

const cookie = sealedCookie<{ user: number; codes: string[] }>({
  name: 'gatehouse_mfa_codes',
  salt: 'gatehouse.mfa.recovery-codes',
  maxAge: ENROLMENT_AGE,
  path: ENROLMENT_PATH,
  parse(content) {
    if (typeof content !== 'object' || content === null) return null;
    const { user, codes } = content as Record<string, unknown>;
    if (typeof user !== 'number' || !Array.isArray(codes)) return null;
    return { user, codes: codes.filter((code) => typeof code === 'string') };
  },
});

const ENDED = 'Your second factor or your session has ended meanwhile: sign in again.';

/**
 * The recovery codes that somebody is to keep: new ones, or those that their browser holds already and
 * that they have not confirmed. None counts before that. For pages.
 */
export async function codesToKeep(request: HttpRequest, user: User): Promise<string[]> {
  const held = await heldCodes(request, user);
  if (held) return held;
  const codes = freshCodes();
  await keepUnconfirmed(cookie, request, { user: user.id, codes });
  return codes;
}

/** Have new codes ready for the page that an action leads to. For actions. */
export async function prepareCodes(
  request: Pick<HttpRequest, 'headers'>,
  user: User,
): Promise<void> {
  await keepInAction(cookie, request, { user: user.id, codes: freshCodes() });
}

/** Those that the browser holds and that are not confirmed; null when there are none. */
export async function heldCodes(request: HttpRequest, user: User): Promise<string[] | null> {
  return (await openUnconfirmed(cookie, request, user))?.codes ?? null;
}

/**
 * Put the codes that this browser was shown in the place of the person's former ones, once they say
 * that they have kept them (`kept`). Null when that is done, else the form with what is wrong: also
 * where they have no factor any more, or on their way in (`state`) not the one that they set up there.
 * For actions; whoever is signed in has confirmed who they are by a factor.
 */
export async function confirmCodes(
  request: HttpRequest,
  { user, state }: { user: User; state?: PendingState },
  form: FormData,
): Promise<FormState | null> {
  if (form.get('kept') !== 'on') {
    return refusedField(form, 'kept', 'Keep the codes first: they are not shown again.');
  }
  const codes = await heldCodes(request, user);
  if (!codes) {
    await keepAndRedraw(cookie, request, { user: user.id, codes: freshCodes() });
    return refusedField(form, 'kept', 'This took too long: keep those shown now.');
  }
  const change = {
    name: 'authn_token_created',
    kind: 'recovery_codes',
    what: 'Recovery codes were made, and any from before count no more,',
  } as const;
  const done = await changeFactors(request, user, change, async (tx) => {
    const hasFactor = state
      ? await hasEnrolledFactor(user.id, state, tx)
      : (await countFactors(tx, user.id)) > 0;
    if (!hasFactor) return null;
    await tx.recoveryCode.deleteMany({ where: { userId: user.id } });
    const created = new Date();
    const data = codes.flatMap((code) => {
      const codeHash = recoveryCodeHash(code);
      return codeHash === null ? [] : [{ userId: user.id, codeHash, created }];
    });
    return tx.recoveryCode.createMany({ data });
  });
  if (!done) return refusedField(form, 'kept', ENDED);
  await dropUnconfirmed(cookie, request, { user: user.id, codes });
  return null;
}

function freshCodes(): string[] {
  return newRecoveryCodes(settings.MFA_RECOVERY_CODE_COUNT);
}
