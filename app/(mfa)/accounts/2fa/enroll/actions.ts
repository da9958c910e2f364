'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(mfa)/guards';
import { passLoginStage } from '@/lib/contrib/auth/sign-in/complete-login';
import { Http404 } from '@/lib/core/exceptions';
import { confirmEnrolment } from '@/lib/extras/mfa/enrolment/totp-enrolment';
import { requiredKinds } from '@/lib/extras/mfa/factors/kinds';
import { confirmPasskey } from '@/lib/extras/mfa/passkeys/enrolment';
import { whoEnrolls } from '@/lib/extras/mfa/who';

export const enrollAction = loginNotRequired.action(async (request, form) => {
  const user = await whoEnrolls(request);
  mayBeRequired('totp');
  const refused = await confirmEnrolment(request, user, form);
  if (refused) return refused;
  redirect(await passLoginStage(request, 'mfa_enroll', { method: 'totp' }));
});

export const enrollPasskeyAction = loginNotRequired.action(async (request, form) => {
  const user = await whoEnrolls(request);
  mayBeRequired('webauthn');
  const refused = await confirmPasskey(request, user, form);
  if (refused) return refused;
  redirect(await passLoginStage(request, 'mfa_enroll', { method: 'passkey' }));
});

// A kind that does not satisfy the rule would be set up for nothing.
function mayBeRequired(name: string): void {
  if (!requiredKinds().some((kind) => kind.name === name)) throw new Http404();
}
