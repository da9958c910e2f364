'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(mfa)/guards';
import { passLoginStage } from '@/lib/contrib/auth/sign-in/complete-login';
import { confirmEnrolment } from '@/lib/extras/mfa/enrolment/totp-enrolment';
import { whoEnrolls } from '@/lib/extras/mfa/who';

export const enrollAction = loginNotRequired.action(async (request, form) => {
  const refused = await confirmEnrolment(request, await whoEnrolls(request), form);
  if (refused) return refused;
  redirect(await passLoginStage(request, 'mfa_enroll', { method: 'totp' }));
});
