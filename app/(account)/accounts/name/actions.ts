'use server';

import { redirect } from 'next/navigation';
import { loginRequired } from '@/app/(account)/guards';
import type { User } from '@/lib/contrib/auth/models';
import { info, success } from '@/lib/contrib/messages/api';
import { Http404 } from '@/lib/core/exceptions';
import { changeName, hasNames, NameForm } from '@/lib/extras/account/name/change-name';
import { requireOpen } from '@/lib/extras/account/open';
import { parseForm, saveForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';

export const nameAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    requireOpen('ACCOUNT_CHANGE_NAME');
    if (!hasNames()) throw new Http404();
    const parsed = parseForm(NameForm, form);
    if (!parsed.ok) return parsed.state;
    const saved = await saveForm(form, () => changeName(request, parsed.data));
    if (!saved.ok) return saved.state;
    if (saved.data) success(request, 'Your name is changed.');
    else info(request, 'Your name is as it was.');
    redirect('/accounts/');
  },
);
