'use server';

import { redirect } from 'next/navigation';
import { loginRequired } from '@/app/(mfa)/guards';
import { confirmIdentity } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { success } from '@/lib/contrib/messages/api';
import { afterEnrolment } from '@/lib/extras/mfa/enrolment/after-enrolment';
import { confirmEnrolment } from '@/lib/extras/mfa/enrolment/totp-enrolment';
import { mustConfirmFirst } from '@/lib/extras/mfa/factors/must-confirm';
import type { HttpRequest } from '@/lib/http/request';
import { getSafeNext } from '@/lib/http/safe-url';

export const activateTotpAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    if (await mustConfirmFirst(request)) {
      const refused = await confirmIdentity(request, form);
      if (refused) return refused;
    }
    const refused = await confirmEnrolment(request, request.user, form);
    if (refused) return refused;
    success(request, 'Your authenticator app is set up. All other sessions have ended.');
    redirect(await afterEnrolment(request, getSafeNext(request, form)));
  },
);
