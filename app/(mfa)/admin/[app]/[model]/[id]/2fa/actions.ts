'use server';

import { redirect } from 'next/navigation';
import { targetOf } from '@/app/(mfa)/admin/[app]/[model]/[id]/2fa/find-target';
import { staffMemberRequired } from '@/app/(mfa)/guards';
import { confirmIdentity, isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { info, success } from '@/lib/contrib/messages/api';
import { Http404 } from '@/lib/core/exceptions';
import { findFactorKind } from '@/lib/extras/mfa/factors/kinds';
import { sendFactorsChangedMail } from '@/lib/extras/mfa/mails/factors-changed-mail';
import { removeFactorOf, resetFactors } from '@/lib/extras/mfa/reset/reset-factors';
import { ResetForm } from '@/lib/extras/mfa/reset/reset-form';
import { declineReset, validRequest } from '@/lib/extras/mfa/reset/reset-requests';
import { factorsPath, ticketCookie } from '@/lib/extras/mfa/reset/ticket-cookie';
import { parseForm, refusedForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after, currentSource } from '@/lib/http/source/current-source';

export const resetFactorsAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const target = await targetOf(request.user, form.get('_id'));
    const origin = siteOrigin(request);
    const parsed = parseForm(ResetForm, form);
    if (!parsed.ok) return parsed.state;
    if (!isSignInFresh(request)) {
      const refused = await confirmIdentity(request, form);
      if (refused) return refused;
    }
    const { what, reason } = parsed.data;
    const told = { when: new Date(), ipAddress: '', origin, byOthers: true };
    const [kindName = '', id] = what.split(':');
    if (kindName !== 'all') {
      const kind = findFactorKind(kindName);
      if (!kind) throw new Http404();
      const refusal = await removeFactorOf(request, target, { kind, id: Number(id), reason });
      if (refusal !== null) return refusedForm(form, refusal);
      const words = `A second factor (${kind.label.toLowerCase()}) was removed`;
      after(() => sendFactorsChangedMail(target, { ...told, what: words }));
      success(request, `Removed. The sessions of ${target.username} have ended.`);
      redirect(factorsPath(target.id));
    }
    await validRequest(target.id);
    const answer = await resetFactors(request, target, reason);
    if (answer.is === 'refused') return refusedForm(form, answer.reason);
    if (answer.is === 'requested') {
      success(request, 'Asked for. Somebody else who may do this has to agree.');
      redirect(factorsPath(target.id));
    }
    const content = { user: target.id, ticket: answer.ticket };
    const { isSecure } = request;
    (await currentSource().cookies()).set(
      ticketCookie.name(isSecure),
      await ticketCookie.seal(content),
      ticketCookie.options(content, isSecure),
    );
    after(() =>
      sendFactorsChangedMail(target, { ...told, what: 'Your second factors were reset' }),
    );
    success(request, `The second factors of ${target.username} are reset.`);
    redirect(factorsPath(target.id));
  },
);

export const declineResetAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const target = await targetOf(request.user, form.get('_id'));
    if (await declineReset(request, target)) success(request, 'Nothing is reset.');
    else info(request, 'There was nothing to decline.');
    redirect(factorsPath(target.id));
  },
);
