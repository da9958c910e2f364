'use server';

import { redirect } from 'next/navigation';
import { loginRequired } from '@/app/(mfa)/guards';
import { confirmIdentity } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { success } from '@/lib/contrib/messages/api';
import { Http404 } from '@/lib/core/exceptions';
import { OVERVIEW_PATH } from '@/lib/extras/mfa/addresses';
import { removeFactor } from '@/lib/extras/mfa/factors/factor-removal';
import { findFactorKind } from '@/lib/extras/mfa/factors/kinds';
import { mustConfirmFirst } from '@/lib/extras/mfa/factors/must-confirm';
import { refusedForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';

export const deactivateTotpAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const kind = findFactorKind('totp');
    if (!kind) throw new Http404();
    if (await mustConfirmFirst(request)) {
      const refused = await confirmIdentity(request, form);
      if (refused) return refused;
    }
    const removed = await removeFactor(request, kind);
    if (typeof removed === 'string') return refusedForm(form, removed);
    success(request, 'Your authenticator app is turned off. All other sessions have ended.');
    redirect(OVERVIEW_PATH);
  },
);
