'use server';

import { redirect } from 'next/navigation';
import { loginRequired } from '@/app/(mfa)/guards';
import { confirmIdentity } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { success } from '@/lib/contrib/messages/api';
import { Http404 } from '@/lib/core/exceptions';
import { OVERVIEW_PATH } from '@/lib/extras/mfa/addresses';
import { confirmCodes } from '@/lib/extras/mfa/enrolment/new-recovery-codes';
import { mustConfirmFirst } from '@/lib/extras/mfa/factors/must-confirm';
import { hasFactor } from '@/lib/extras/mfa/possession';
import type { HttpRequest } from '@/lib/http/request';
import { getSafeNext } from '@/lib/http/safe-url';

export const keepCodesAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    if (!(await hasFactor(request.user))) throw new Http404();
    if (await mustConfirmFirst(request)) {
      const refused = await confirmIdentity(request, form);
      if (refused) return refused;
    }
    const refused = await confirmCodes(request, { user: request.user }, form);
    if (refused) return refused;
    success(request, 'Your recovery codes count from now on.');
    redirect(getSafeNext(request, form) ?? OVERVIEW_PATH);
  },
);
