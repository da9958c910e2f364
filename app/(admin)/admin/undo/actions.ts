'use server';

import { redirect } from 'next/navigation';
import { modelAdminOr404 } from '@/app/(admin)/admin/find-admin';
import { undoAnswer } from '@/app/(admin)/admin/undo/answer';
import { staffMemberRequired } from '@/app/(admin)/guards';
import type { Told } from '@/lib/contrib/admin/form/save';
import { undo } from '@/lib/contrib/auth/admin/rights/undo';
import {
  confirmationError,
  confirmIdentity,
  isProofGiven,
  isSignInFresh,
} from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { forgetUndo, undoOffered } from '@/lib/contrib/auth/rights/undo-offer';
import { addMessage, error } from '@/lib/contrib/messages/api';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

/** Undoes the change of rights that was made last, in this session, for as long as that is offered. */
export const undoAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData): Promise<void> => {
    const offer = await undoOffered(request);
    if (!offer || form.get('_undo') !== offer.id) {
      error(request, 'That can no longer be undone: it was too long ago, or is undone already.');
      redirect('/admin/');
    }
    let isFresh = isSignInFresh(request);
    let proofError: string | undefined;
    if (!isFresh && isProofGiven(form)) {
      const refused = await confirmIdentity(request, form);
      isFresh = refused === null;
      proofError = refused ? confirmationError(refused) : undefined;
    }
    const origin = siteOrigin(request);
    const written: Told = (change, of) =>
      after(() => of.options.committed?.(change, { when: new Date(), origin }));
    const undone = await undo(offer, { request, isFresh, written, screensOf: modelAdminOr404 });
    if (undone.kind === 'stale sign-in') {
      if (proofError === undefined) redirect('/admin/undo/');
      return undoAnswer.give({ proofError });
    }
    await forgetUndo(request);
    if (undone.kind === 'refused') error(request, undone.texts.join(' '));
    else addMessage(request, undone.level, undone.text);
    redirect(offer.href);
  },
);
