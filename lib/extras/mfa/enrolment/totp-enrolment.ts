import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { sealedCookie } from '@/lib/core/sealed-cookie';
import type { TransactionClient } from '@/lib/db/client';
import { mayAddFactor } from '@/lib/extras/mfa/enrolment/may-add-factor';
import { changeFactors, keepProof } from '@/lib/extras/mfa/factors/factor-changes';
import { totpPolicy } from '@/lib/extras/mfa/factors/totp-kind';
import { sealSecret } from '@/lib/extras/mfa/factors/totp-secrets';
import { takeTicket } from '@/lib/extras/mfa/reset/tickets';
import { matchingStep, newTotpSecret, totpUri } from '@/lib/extras/mfa/totp';
import { withoutProofs } from '@/lib/extras/mfa/tries';
import { type FormState, refusedField } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import {
  dropUnconfirmed,
  ENROLMENT_AGE,
  ENROLMENT_PATH,
  keepAndRedraw,
  keepInAction,
  keepUnconfirmed,
  openUnconfirmed,
} from './enrolment-cookie';

const cookie = sealedCookie<{ user: number; secret: string }>({
  name: 'gatehouse_mfa_totp',
  salt: 'gatehouse.mfa.totp-enrolment',
  maxAge: ENROLMENT_AGE,
  path: ENROLMENT_PATH,
  parse(content) {
    if (typeof content !== 'object' || content === null) return null;
    const { user, secret } = content as Record<string, unknown>;
    return typeof user === 'number' && typeof secret === 'string' ? { user, secret } : null;
  },
});

/**
 * The secret that somebody is to take over into their app, and the address that its QR code holds. It
 * is no factor yet: it waits in a sealed cookie of theirs until a code confirms it. For pages.
 * allauth: mfa/totp/internal/auth.py get_totp_secret (kept in the session there)
 */
export async function newEnrolment(
  request: HttpRequest,
  user: User,
): Promise<{ secret: string; uri: string }> {
  const held = await openUnconfirmed(cookie, request, user);
  const secret = held?.secret ?? newTotpSecret();
  if (!held) await keepUnconfirmed(cookie, request, { user: user.id, secret });
  const issuer = settings.MFA_TOTP_ISSUER || settings.SITE_NAME;
  return { secret, uri: totpUri(secret, { ...totpPolicy(), issuer, account: user.username }) };
}

/** Have a secret ready for the page that an action leads to, unless the browser holds one already. */
export async function prepareEnrolment(
  request: Pick<HttpRequest, 'headers'>,
  user: User,
): Promise<void> {
  if (await openUnconfirmed(cookie, request, user)) return;
  await keepInAction(cookie, request, { user: user.id, secret: newTotpSecret() });
}

/**
 * Make the secret that this browser holds the person's second factor, if the form's `code` is one of
 * it; the code is used up by it. Null when that is done, else the form with what is wrong. Who has to
 * give a ticket gives it in the field `ticket`. For actions; whoever is signed in has confirmed who
 * they are.
 * OWASP ASVS 5.0 6.4.4
 */
export async function confirmEnrolment(
  request: HttpRequest,
  user: User,
  form: FormData,
): Promise<FormState | null> {
  const now = new Date();
  const held = await openUnconfirmed(cookie, request, user);
  if (!held) {
    await keepAndRedraw(cookie, request, { user: user.id, secret: newTotpSecret() });
    return refuse(form, 'code', 'This took too long: scan the code that is shown now.');
  }
  const code = String(form.get('code') ?? '');
  const step = matchingStep(held.secret, code, totpPolicy(), now);
  if (step === null) return refuse(form, 'code', 'This is not the code that your app shows now.');
  const ticket = await takeTicket(request, user, form);
  if (typeof ticket === 'string') return refuse(form, 'ticket', ticket);
  const change = {
    name: 'authn_token_created',
    kind: 'totp',
    what: 'An authenticator app was set up',
  } as const;
  const done = await changeFactors(request, user, change, async (tx) => {
    if (!(await mayAddFactor(request, user, tx)) || !(await ticket.use(tx))) return null;
    return (await insertTotp(tx, user.id, { ...held, step, now })) ? true : null;
  });
  if (!done) return refuse(form, 'code', 'You have a second factor already: begin anew.');
  await dropUnconfirmed(cookie, request, held);
  keepProof(request, 'totp');
  return null;
}

async function insertTotp(
  tx: TransactionClient,
  userId: number,
  { secret, step, now }: { secret: string; step: number; now: Date },
): Promise<boolean> {
  const count = await tx.$executeRaw`
    INSERT INTO auth_totp (user_id, secret, last_step, created, last_used)
    VALUES (${userId}, ${sealSecret(userId, secret)}, ${step}, ${now}, ${now})
    ON CONFLICT (user_id) DO NOTHING`;
  return count === 1;
}

function refuse(form: FormData, field: string, message: string): FormState {
  return withoutProofs(refusedField(form, field, message));
}
