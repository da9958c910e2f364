'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(account)/guards';
import { dropToken, openedToken } from '@/app/(account)/opened-link';
import { success } from '@/lib/contrib/messages/api';
import { sendNotice } from '@/lib/extras/account/emails/letters';
import { undoEmailChange } from '@/lib/extras/account/emails/undo';
import { LINKS } from '@/lib/extras/account/links/link-cookies';
import { refusedForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

const UNUSABLE = 'This link is used, or somebody else has the address by now. Nothing is changed.';

export const undoEmailAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    const origin = siteOrigin(request);
    const undone = await undoEmailChange(request, await openedToken(request, LINKS.undoEmail));
    if (!undone) return refusedForm(form, UNUSABLE);
    const { user, email, replaced } = undone;
    const notice = { news: 'restored', former: null, origin, when: new Date() } as const;
    after(async () => {
      await sendNotice(user, email, notice);
      await sendNotice(user, replaced, notice);
    });
    await dropToken(request, LINKS.undoEmail);
    success(
      request,
      `The address of ${user.username} is ${email} again, and every session has ended. If somebody else may know the password, have the link to another one mailed.`,
    );
    redirect('/accounts/password_reset/');
  },
);
