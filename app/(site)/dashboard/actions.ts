'use server';

import { redirect } from 'next/navigation';
import { loginRequired } from '@/app/(site)/guards';
import { settings } from '@/lib/conf/settings';
import { dismissCard, findAccountCard } from '@/lib/contrib/auth/account/account-cards';
import type { User } from '@/lib/contrib/auth/models';
import { Http404 } from '@/lib/core/exceptions';
import type { HttpRequest } from '@/lib/http/request';

export const notNowAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const card = findAccountCard(form.get('card'));
    if (!card) throw new Http404();
    await dismissCard(request, card.name);
    redirect(settings.LOGIN_REDIRECT_URL);
  },
);
