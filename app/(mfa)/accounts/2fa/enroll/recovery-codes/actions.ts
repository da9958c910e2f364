'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(mfa)/guards';
import { passLoginStage } from '@/lib/contrib/auth/sign-in/complete-login';
import { requirePendingLogin } from '@/lib/contrib/auth/sign-in/pending-login';
import { confirmCodes } from '@/lib/extras/mfa/enrolment/new-recovery-codes';

export const keepFirstCodesAction = loginNotRequired.action(async (request, form) => {
  const pending = await requirePendingLogin(request, 'mfa_recovery_codes');
  const refused = await confirmCodes(request, pending, form);
  if (refused) return refused;
  redirect(await passLoginStage(request, 'mfa_recovery_codes'));
});
