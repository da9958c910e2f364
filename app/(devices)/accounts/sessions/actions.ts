'use server';

import { redirect } from 'next/navigation';
import { loginRequired } from '@/app/(devices)/guards';
import { settings } from '@/lib/conf/settings';
import { logout } from '@/lib/contrib/auth';
import type { User } from '@/lib/contrib/auth/models';
import { info, success } from '@/lib/contrib/messages/api';
import { Http404 } from '@/lib/core/exceptions';
import { endOwnOtherSessions, endOwnSession } from '@/lib/extras/devices/end-sessions';
import type { HttpRequest } from '@/lib/http/request';

const PAGE = '/accounts/sessions/';

export const endSessionAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const id = form.get('id');
    if (id === String(request.session.id)) {
      await logout(request);
      success(request, 'You are signed out.');
      redirect(settings.LOGOUT_REDIRECT_URL ?? '/accounts/logout/');
    }
    if (!(await endOwnSession(request, id))) throw new Http404();
    success(request, 'The session is ended.');
    redirect(PAGE);
  },
);

export const endOtherSessionsAction = loginRequired.action(
  async (request: HttpRequest<User>, _form: FormData) => {
    const count = await endOwnOtherSessions(request);
    if (count === 0) info(request, 'There was no other session to end.');
    else success(request, count === 1 ? 'One session is ended.' : `${count} sessions are ended.`);
    redirect(PAGE);
  },
);
