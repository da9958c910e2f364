'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(account)/guards';
import { dropToken, openedToken } from '@/app/(account)/opened-link';
import { settings } from '@/lib/conf/settings';
import { success } from '@/lib/contrib/messages/api';
import { undoDeletion } from '@/lib/extras/account/deletion/undo-deletion';
import { LINKS } from '@/lib/extras/account/links/link-cookies';
import { refusedForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';

const UNUSABLE = 'There is nothing to keep: the link is used, or the account is out of your hands.';

export const undoDeletionAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    const user = await undoDeletion(request, await openedToken(request, LINKS.undoDeletion));
    if (!user) return refusedForm(form, UNUSABLE);
    await dropToken(request, LINKS.undoDeletion);
    success(request, `${user.username} is kept. Sign in to go on.`);
    redirect(settings.LOGIN_URL);
  },
);
