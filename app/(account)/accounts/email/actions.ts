'use server';

import { redirect } from 'next/navigation';
import { loginRequired } from '@/app/(account)/guards';
import { countMail } from '@/app/(account)/mailed-codes';
import { requireFreshSignIn } from '@/app/(account)/step-up';
import { PasswordResetForm } from '@/lib/contrib/auth/forms/password-reset-form';
import type { User } from '@/lib/contrib/auth/models';
import { success } from '@/lib/contrib/messages/api';
import { addressesOf, foldAddress } from '@/lib/extras/account/emails/addresses';
import { sendConfirmation, sendNotice } from '@/lib/extras/account/emails/letters';
import { addAddress, makePrimary, removeAddress } from '@/lib/extras/account/emails/own-addresses';
import { type FormState, parseForm, refusedField, refusedForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

const PAGE = '/accounts/email/';

type Own = HttpRequest<User>;

export const emailAction = loginRequired.action(async (request: Own, form: FormData) => {
  requireFreshSignIn(request, PAGE);
  const parsed = parseForm(PasswordResetForm, form);
  if (!parsed.ok) return parsed.state;
  const email = foldAddress(parsed.data.email);
  const refused = await actOn(request, form, email);
  if (refused) return refused;
  redirect(PAGE);
});

async function actOn(request: Own, form: FormData, email: string): Promise<FormState | null> {
  if (form.has('action_add')) return add(request, form, email);
  if (form.has('action_send')) return send(request, form, email);
  if (form.has('action_primary')) return primary(request, form, email);
  if (form.has('action_remove')) return remove(request, form, email);
  return refusedForm(form, 'Press one of the buttons.');
}

// Whose the address is, is asked when the answer is out: it is the same for everybody's.
async function add(request: Own, form: FormData, email: string): Promise<FormState | null> {
  const origin = siteOrigin(request);
  const { user } = request;
  const waiting = await countMail(request, form, { counted: 'email', email });
  if (waiting) return waiting;
  const added = await addAddress(request, email);
  if ('error' in added) return refusedField(form, 'email', added.error);
  const { former } = added;
  const done = { origin, when: new Date() };
  after(async () => {
    await sendConfirmation(user, email, done);
    await sendNotice(user, user.email, { news: 'asked', former, ...done });
  });
  success(request, `If ${email} can be used, a link is on its way to it.`);
  return null;
}

async function send(request: Own, form: FormData, email: string): Promise<FormState | null> {
  const origin = siteOrigin(request);
  const { user } = request;
  const address = (await addressesOf(user)).find((each) => each.email === email);
  if (!address || address.verified) return refusedForm(form, 'There is nothing to confirm.');
  const waiting = await countMail(request, form, { counted: 'email', email });
  if (waiting) return waiting;
  after(() => sendConfirmation(user, email, { origin }));
  success(request, `If ${email} can be used, a link is on its way to it.`);
  return null;
}

async function primary(request: Own, form: FormData, email: string): Promise<FormState | null> {
  const origin = siteOrigin(request);
  const { user } = request;
  const made = await makePrimary(request, email);
  if ('error' in made) return refusedForm(form, made.error);
  const notice = { news: 'changed', former: made.former, origin, when: new Date() } as const;
  after(() => sendNotice(user, made.from, notice));
  success(request, `${email} is the address of your account now. Your other sessions have ended.`);
  return null;
}

async function remove(request: Own, form: FormData, email: string): Promise<FormState | null> {
  const origin = siteOrigin(request);
  const { user } = request;
  const removed = await removeAddress(request, email);
  if ('error' in removed) return refusedForm(form, removed.error);
  const notice = { news: 'removed', former: null, origin, when: new Date() } as const;
  after(() => sendNotice(user, user.email, notice));
  success(request, `${email} is removed.`);
  return null;
}
