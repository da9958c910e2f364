'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { loginRequired } from '@/app/(account)/guards';
import { requireFreshSignIn } from '@/app/(account)/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { usernameChanged } from '@/lib/contrib/auth/signals';
import { success } from '@/lib/contrib/messages/api';
import { usernameChangedMail } from '@/lib/extras/account/mails/account-mails';
import { sendLetter } from '@/lib/extras/account/mails/send';
import { usernameField } from '@/lib/extras/account/new-account/username-field';
import { requireOpen } from '@/lib/extras/account/open';
import { changeUsername } from '@/lib/extras/account/username/change-username';
import { parseForm, saveForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

export const usernameAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    requireOpen('ACCOUNT_CHANGE_USERNAME');
    requireFreshSignIn(request, '/accounts/username/');
    const origin = siteOrigin(request);
    const parsed = parseForm(z.object({ username: usernameField() }), form);
    if (!parsed.ok) return parsed.state;
    const { username } = parsed.data;
    const saved = await saveForm(form, () => changeUsername(request, username));
    if (!saved.ok) return saved.state;
    const { user } = request;
    const letter = usernameChangedMail({ username, when: new Date(), origin }, saved.data);
    after(() => sendLetter(user.email, letter));
    await usernameChanged.send({ request, user });
    success(request, `You are ${username} now, and sign in by that.`);
    redirect('/accounts/');
  },
);
