'use server';

import { redirect } from 'next/navigation';
import { loginRequired } from '@/app/(socialaccount)/guards';
import { confirmIdentity, isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { info, success } from '@/lib/contrib/messages/api';
import { LINKS_PATH } from '@/lib/extras/socialaccount/addresses';
import { removeLink } from '@/lib/extras/socialaccount/links/unlink';
import { tellOfLink } from '@/lib/extras/socialaccount/mails/tell';
import { providerName } from '@/lib/extras/socialaccount/providers/configured';
import { parseId } from '@/lib/forms/fields';
import { refusedForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';

export const confirmAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const refused = await confirmIdentity(request, form);
    if (refused) return refused;
    redirect(LINKS_PATH);
  },
);

export const unlinkAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    if (!isSignInFresh(request)) {
      info(request, 'You signed in a while ago. Show once more who you are, and unlink it again.');
      redirect(LINKS_PATH);
    }
    const id = parseId(String(form.get('account') ?? ''));
    const removed =
      id === null ? { error: 'That is none of your links.' } : await removeLink(request, id);
    if ('error' in removed) return refusedForm(form, removed.error);
    const { provider } = removed;
    tellOfLink(request, request.user, { provider, news: 'unlinked' });
    success(request, `${providerName(provider)} does not sign you in any more.`);
    redirect(LINKS_PATH);
  },
);
