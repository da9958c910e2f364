'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired, loginRequired } from '@/app/(account)/guards';
import { openAccount } from '@/app/(account)/open-account';
import { dropToken, openedToken } from '@/app/(account)/opened-link';
import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { success, warning } from '@/lib/contrib/messages/api';
import { getTextList } from '@/lib/core/text';
import { acceptAsNew, acceptAsUser } from '@/lib/extras/account/invitations/accept';
import { findInvitation } from '@/lib/extras/account/invitations/invitations';
import { LINKS } from '@/lib/extras/account/links/link-cookies';
import { requireOpen } from '@/lib/extras/account/open';
import type { HttpRequest } from '@/lib/http/request';

const UNUSABLE = 'This invitation is used or over. Ask whoever invited you for another one.';

export const acceptAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    requireOpen('INVITATIONS_ENABLED');
    return openAccount(request, form, {
      link: LINKS.invitation,
      unusable: UNUSABLE,
      addressOf: async (token) => (await findInvitation(token))?.email ?? null,
      make: (token, chosen) => acceptAsNew(request, token, chosen),
    });
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
