'use server';

import { redirect } from 'next/navigation';
import { loginRequired, permissionRequired } from '@/app/(hijack)/guards';
import { settings } from '@/lib/conf/settings';
import { confirmIdentity, isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { info } from '@/lib/contrib/messages/api';
import { Http404 } from '@/lib/core/exceptions';
import { acquire } from '@/lib/extras/hijack/acquire';
import { AcquireForm } from '@/lib/extras/hijack/forms';
import { release } from '@/lib/extras/hijack/release';
import { parseId } from '@/lib/forms/fields';
import { parseForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { getSafeNext } from '@/lib/http/safe-url';

export const acquireAction = permissionRequired('hijack.add_impersonation').action(
  async (request: HttpRequest<User>, form: FormData) => {
    const id = parseId(String(form.get('user_pk') ?? ''));
    const target = id === null ? null : await users.getById(id);
    if (!target) throw new Http404();
    const parsed = parseForm(AcquireForm, form);
    if (!parsed.ok) return parsed.state;
    if (!isSignInFresh(request)) {
      const refused = await confirmIdentity(request, form);
      if (refused) return refused;
    }
    await acquire(request, target, parsed.data.reason);
    redirect(getSafeNext(request, form) ?? settings.LOGIN_REDIRECT_URL);
  },
);

export const releaseAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const whom = request.user.getUsername();
    const isActing = request.user.impersonator !== null;
    const owner = await release(request);
    if (isActing) info(request, `You have stopped acting as ${whom}.`);
    if (!owner.isAuthenticated) redirect(settings.LOGIN_URL);
    redirect(getSafeNext(request, form) ?? settings.LOGIN_REDIRECT_URL);
  },
);
