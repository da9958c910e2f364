'use server';

import { redirect } from 'next/navigation';
import { passkeysRequired } from '@/app/(mfa)/accounts/2fa/webauthn/enabled';
import { loginRequired } from '@/app/(mfa)/guards';
import { dismissCard } from '@/lib/contrib/auth/account/account-cards';
import { confirmIdentity } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { redirectToLogin } from '@/lib/contrib/auth/views';
import { success } from '@/lib/contrib/messages/api';
import { ADD_PASSKEY_PATH, OVERVIEW_PATH, PASSKEYS_PATH } from '@/lib/extras/mfa/addresses';
import { afterEnrolment } from '@/lib/extras/mfa/enrolment/after-enrolment';
import { removeFactor } from '@/lib/extras/mfa/factors/factor-removal';
import { mustConfirmFirst } from '@/lib/extras/mfa/factors/must-confirm';
import { passkeyKind } from '@/lib/extras/mfa/factors/passkey-kind';
import { confirmPasskey, PasskeyNameForm } from '@/lib/extras/mfa/passkeys/enrolment';
import { passkeyCard } from '@/lib/extras/mfa/passkeys/offer';
import { ownPasskeyOrThrow, renamePasskey } from '@/lib/extras/mfa/passkeys/passkeys';
import { hasFactor } from '@/lib/extras/mfa/possession';
import { parseId } from '@/lib/forms/fields';
import { parseForm, refusedForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { getSafeNext } from '@/lib/http/safe-url';

/** On a page of its own, for forms that are drawn without scripts. */
export const confirmByPasskeyAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    passkeysRequired();
    const refused = await confirmIdentity(request, form);
    if (refused) return refused;
    success(request, 'Confirmed. Go on where you were.');
    redirect(getSafeNext(request, form) ?? OVERVIEW_PATH);
  },
);

/** Before a passkey is made: the browser would keep one that is refused afterwards. */
export const confirmAddAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    passkeysRequired();
    const refused = await confirmIdentity(request, form);
    if (refused) return refused;
    redirect(redirectToLogin(getSafeNext(request, form) ?? '', ADD_PASSKEY_PATH));
  },
);

export const addPasskeyAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    passkeysRequired();
    const isFirst = !(await hasFactor(request.user));
    const refused = await confirmPasskey(request, request.user, form);
    if (refused) return refused;
    await dismissCard(request, passkeyCard.name);
    success(request, 'The passkey is added. All other sessions have ended.');
    const next = getSafeNext(request, form);
    redirect(isFirst ? await afterEnrolment(request, next) : (next ?? PASSKEYS_PATH));
  },
);

export const renamePasskeyAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    passkeysRequired();
    const { id } = await ownPasskeyOrThrow(request.user.id, parseId(String(form.get('id'))));
    const parsed = parseForm(PasskeyNameForm, form);
    if (!parsed.ok) return parsed.state;
    await renamePasskey(request.user.id, id, parsed.data.name);
    success(request, `It is called ${parsed.data.name} now.`);
    redirect(PASSKEYS_PATH);
  },
);

export const removePasskeyAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    passkeysRequired();
    const { id, name } = await ownPasskeyOrThrow(request.user.id, parseId(String(form.get('id'))));
    const refused = (await mustConfirmFirst(request)) ? await confirmIdentity(request, form) : null;
    if (refused) return refused;
    const done = await removeFactor(request, passkeyKind, id);
    if (typeof done === 'string') return refusedForm(form, done);
    success(request, `${name} is removed. All other sessions have ended.`);
    redirect(PASSKEYS_PATH);
  },
);
