'use server';

import { redirect } from 'next/navigation';
import { staffMemberRequired } from '@/app/(access-requests)/guards';
import { confirmIdentity, isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { success } from '@/lib/contrib/messages/api';
import { Http404 } from '@/lib/core/exceptions';
import { approveRequest, refuseRequest } from '@/lib/extras/access-requests/answer';
import { ApproveForm, RefuseForm } from '@/lib/extras/access-requests/forms';
import { tellAsker } from '@/lib/extras/access-requests/mails/tell';
import { findQueued } from '@/lib/extras/access-requests/queue';
import { parseId } from '@/lib/forms/fields';
import { parseForm, saveForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

const QUEUE = '/admin/access_requests/accessrequest/';

export const approveAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const asked = await askedIn(request.user, form);
    const origin = siteOrigin(request);
    const parsed = parseForm(ApproveForm(asked.seconds), form);
    if (!parsed.ok) return parsed.state;
    if (!isSignInFresh(request)) {
      const refused = await confirmIdentity(request, form);
      if (refused) return refused;
    }
    const { way, duration: seconds, answer } = parsed.data;
    const seen = String(form.get(`seen_${way}`) ?? '');
    const saved = await saveForm(form, () =>
      approveRequest(request, asked.id, { way, seconds, answer, seen }),
    );
    if (!saved.ok) return saved.state;
    after(() => tellAsker(saved.data, origin));
    success(request, `Granted ${asked.perm} to ${asked.username}.`);
    redirect(QUEUE);
  },
);

export const refuseAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const asked = await askedIn(request.user, form);
    const origin = siteOrigin(request);
    const parsed = parseForm(RefuseForm, form);
    if (!parsed.ok) return parsed.state;
    const saved = await saveForm(form, () => refuseRequest(request, asked.id, parsed.data.refusal));
    if (!saved.ok) return saved.state;
    after(() => tellAsker(saved.data, origin));
    success(request, `Refused what ${asked.username} asked for.`);
    redirect(QUEUE);
  },
);

async function askedIn(user: User, form: FormData) {
  const id = parseId(String(form.get('_id') ?? ''));
  const asked = id === null ? null : await findQueued(user, id);
  if (!asked) throw new Http404();
  return asked;
}
