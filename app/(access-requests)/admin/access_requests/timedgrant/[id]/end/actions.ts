'use server';

import { redirect } from 'next/navigation';
import { staffMemberRequired } from '@/app/(access-requests)/guards';
import type { User } from '@/lib/contrib/auth/models';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { success } from '@/lib/contrib/messages/api';
import { Http404 } from '@/lib/core/exceptions';
import { mayChange } from '@/lib/extras/access-requests/may-decide';
import { endGrant, findGrant, grantWords } from '@/lib/extras/access-requests/timed-grants';
import { parseId } from '@/lib/forms/fields';
import { saveForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';

export const endGrantAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const id = parseId(String(form.get('_id') ?? ''));
    const grant = id === null ? null : await findGrant(id);
    if (!grant || !(await mayChange(request.user, grant.userId))) throw new Http404();
    const saved = await saveForm(form, () => endGrant(request, grant.id));
    if (!saved.ok) return saved.state;
    success(request, `Ended: ${grantWords(grant)}.`);
    redirect(userAdminPath(`${grant.userId}/change/`));
  },
);
