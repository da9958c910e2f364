'use server';

import { redirect } from 'next/navigation';
import { loginRequired } from '@/app/(access-requests)/guards';
import type { User } from '@/lib/contrib/auth/models';
import { reserveAttempt } from '@/lib/contrib/auth/sign-in/attempts';
import { success } from '@/lib/contrib/messages/api';
import { Http404 } from '@/lib/core/exceptions';
import { askForAccess } from '@/lib/extras/access-requests/ask';
import { AskForm } from '@/lib/extras/access-requests/forms';
import { tellAnswerers } from '@/lib/extras/access-requests/mails/tell';
import { withdrawRequest } from '@/lib/extras/access-requests/own-requests';
import { openRefused } from '@/lib/extras/access-requests/refused-seal';
import { parseForm, refusedForm, saveForm } from '@/lib/forms/forms';
import { throttledForm } from '@/lib/http/refused-form';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

const OWN = '/accounts/access-requests/';

export const askAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const { user, ipAddress } = request;
    const origin = siteOrigin(request);
    const perms = await openRefused(form.get('refused'), user.id);
    if (!perms) {
      return refusedForm(
        form,
        'This page is too old, or not yours. Go back to where you were refused.',
      );
    }
    const parsed = parseForm(AskForm(), form);
    if (!parsed.ok) return parsed.state;
    const { reason, duration: seconds } = parsed.data;
    const keys = { account: user.getUsername(), network: ipAddress };
    const attempt = await reserveAttempt('access_request', keys, { request });
    if (!attempt.allowed) return throttledForm(attempt.retryAfter, form);
    const saved = await saveForm(form, () => askForAccess(request, { perms, seconds, reason }));
    if (!saved.ok) return saved.state;
    after(() => tellAnswerers(saved.data, origin));
    success(request, 'Asked. You are told by mail when somebody has answered.');
    redirect(OWN);
  },
);

export const withdrawAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    if (!(await withdrawRequest(request, form.get('id')))) throw new Http404();
    success(request, 'Withdrawn. Nothing is granted.');
    redirect(OWN);
  },
);
