'use server';

import { redirect } from 'next/navigation';
import { loginRequired } from '@/app/(account)/guards';
import { dropToken, openedToken } from '@/app/(account)/opened-link';
import type { User } from '@/lib/contrib/auth/models';
import { success } from '@/lib/contrib/messages/api';
import { confirmAddress } from '@/lib/extras/account/emails/confirm';
import { sendNotice } from '@/lib/extras/account/emails/letters';
import { LINKS } from '@/lib/extras/account/links/link-cookies';
import { refusedForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

const UNUSABLE = 'This address cannot be confirmed by this link any more.';

export const confirmEmailAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const origin = siteOrigin(request);
    const { user } = request;
    const token = await openedToken(request, LINKS.confirmEmail);
    const confirmed = await confirmAddress(request, token);
    if (!confirmed) return refusedForm(form, UNUSABLE);
    const { email, from, former } = confirmed;
    if (from !== null) {
      const notice = { news: 'changed', former, origin, when: new Date() } as const;
      after(() => sendNotice(user, from, notice));
    }
    await dropToken(request, LINKS.confirmEmail);
    success(request, `${email} is confirmed.`);
    redirect('/accounts/email/');
  },
);
