'use server';

import { redirect } from 'next/navigation';
import { loginRequired } from '@/app/(account)/guards';
import { STEP_UP_PAGES } from '@/app/(account)/step-up';
import { confirmIdentity } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import type { HttpRequest } from '@/lib/http/request';

export const confirmIdentityAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const page = STEP_UP_PAGES.find((each) => each === form.get('next'));
    if (!page) throw new SuspiciousOperation('No page asks so.');
    const refused = await confirmIdentity(request, form);
    if (refused) return refused;
    redirect(page);
  },
);
