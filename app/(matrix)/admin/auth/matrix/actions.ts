'use server';

import { redirect } from 'next/navigation';
import { staffMemberRequired } from '@/app/(matrix)/guards';
import {
  confirmationError,
  confirmIdentity,
  isSignInFresh,
} from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { NOT_AS_READ, readConfirmation } from '@/lib/contrib/auth/rights/confirmation';
import { deedOf, forgetUndo, offerUndo } from '@/lib/contrib/auth/rights/undo-offer';
import { info, success } from '@/lib/contrib/messages/api';
import { visibleText } from '@/lib/core/text';
import { formatMatrixChanges } from '@/lib/extras/matrix/matrix-changes';
import { previewChanges, saveChanges } from '@/lib/extras/matrix/matrix-save';
import type { HttpRequest } from '@/lib/http/request';
import { matrixAnswer } from './answer';
import { addressOf, readAbout, readChanges } from './read-form';

/** Reviews changes, saves what was reviewed, or goes back to them, by the button that was pressed. */
export const matrixAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData): Promise<void> => {
    const about = readAbout(form);
    const asked = readChanges(form, about);
    const changes = formatMatrixChanges(asked);
    if (form.has('_edit')) return matrixAnswer.give({ changes });
    if (asked.length === 0) {
      info(request, 'Nothing was changed.');
      redirect(addressOf(about));
    }
    if (!form.has('_save')) {
      return matrixAnswer.give({ changes, review: await previewChanges(request.user, asked) });
    }
    const { reason, ...confirmation } = readConfirmation(form);
    const refused =
      asked.some(({ gives }) => gives) && !isSignInFresh(request)
        ? await confirmIdentity(request, form)
        : null;
    if (refused) {
      const review = await previewChanges(request.user, asked);
      return matrixAnswer.give({
        changes,
        reason,
        review,
        stepUpError: confirmationError(refused),
      });
    }
    const asker = { ...request, reason };
    const { isSaved, review, ...wrong } = await saveChanges(asker, asked, {
      ...confirmation,
      reason,
    });
    if (!isSaved) {
      const notice = wrong.countError === undefined ? NOT_AS_READ : undefined;
      return matrixAnswer.give({ changes, review, reason, notice, ...wrong });
    }
    const deed = deedOf(review);
    const what = `The permissions of ${namesOf(review.columns)} were changed.`;
    if (deed) await offerUndo(request, { what, href: addressOf(about), deed });
    else await forgetUndo(request);
    success(request, savedWords(review.columns));
    redirect(addressOf(about));
  },
);

function savedWords(columns: readonly { name: string; given: unknown[]; taken: unknown[] }[]) {
  const given = columns.reduce((sum, column) => sum + column.given.length, 0);
  const taken = columns.reduce((sum, column) => sum + column.taken.length, 0);
  return `The permissions of ${namesOf(columns)} are changed: ${given} given, ${taken} taken away.`;
}

function namesOf(columns: readonly { name: string }[]): string {
  return columns.length === 1 ? visibleText(columns[0]?.name ?? '') : `${columns.length} groups`;
}
