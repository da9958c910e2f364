'use server';

import { redirect } from 'next/navigation';
import { enterNewAccount } from '@/app/(account)/enter';
import { loginNotRequired, loginRequired } from '@/app/(account)/guards';
import { dropToken, openedToken } from '@/app/(account)/opened-link';
import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { success, warning } from '@/lib/contrib/messages/api';
import { getTextList } from '@/lib/core/text';
import { acceptAsNew, acceptAsUser } from '@/lib/extras/account/invitations/accept';
import { findInvitation } from '@/lib/extras/account/invitations/invitations';
import { LINKS } from '@/lib/extras/account/links/link-cookies';
import { NewAccountForm } from '@/lib/extras/account/new-account/new-account-form';
import { requireOpen } from '@/lib/extras/account/open';
import { parseFormAsync, refusedForm, saveForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';

const UNUSABLE = 'This invitation is used or over. Ask whoever invited you for another one.';

export const acceptAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    requireOpen('INVITATIONS_ENABLED');
    const token = await openedToken(request, LINKS.invitation);
    const invitation = await findInvitation(token);
    if (!invitation) return refusedForm(form, UNUSABLE);
    const parsed = await parseFormAsync(NewAccountForm(invitation.email), form);
    if (!parsed.ok) return parsed.state;
    const { username, password1: password } = parsed.data;
    const made = await saveForm(form, () => acceptAsNew(request, token, { username, password }));
    if (!made.ok) return made.state;
    if (!made.data) return refusedForm(form, UNUSABLE);
    await dropToken(request, LINKS.invitation);
    redirect(await enterNewAccount(request, made.data));
  },
);

export const joinAction = loginRequired.action(
  async (request: HttpRequest<User>, _form: FormData) => {
    requireOpen('INVITATIONS_ENABLED');
    const joined = await acceptAsUser(request, await openedToken(request, LINKS.invitation));
    if (!joined) {
      warning(request, UNUSABLE);
      redirect(settings.LOGIN_REDIRECT_URL);
    }
    await dropToken(request, LINKS.invitation);
    const what = joined.length > 0 ? `You joined ${getTextList(joined)}.` : 'You accepted.';
    success(request, what);
    redirect(settings.LOGIN_REDIRECT_URL);
  },
);
