'use server';

import { redirect } from 'next/navigation';
import { modelAdminOr404 } from '@/app/(admin)/admin/find-admin';
import { importAnswer } from '@/app/(import)/admin/[app]/[model]/import/answer';
import { staffMemberRequired } from '@/app/(import)/guards';
import { listPath } from '@/lib/contrib/admin/list/list-address';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { unreadSeenBy } from '@/lib/contrib/auth/admin/rights/seen-by';
import {
  confirmationError,
  confirmIdentity,
  isProofGiven,
  isSignInFresh,
} from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import {
  type Confirmation,
  REVIEW_FIELDS,
  readConfirmation,
} from '@/lib/contrib/auth/rights/confirmation';
import { offerUndoOf } from '@/lib/contrib/auth/rights/undo-offer';
import { addMessage, info, success, warning } from '@/lib/contrib/messages/api';
import { type Confirmed, confirmFile, previewFile } from '@/lib/extras/import/import-file';
import { requireImport } from '@/lib/extras/import/may-import';
import { UnreadableFile, unreadableWords } from '@/lib/extras/import/parse-csv';
import { keepPreview, type Preview, previewOr404, takePreview } from '@/lib/extras/import/previews';
import { readFile } from '@/lib/extras/import/read-file';
import { countOutcomes } from '@/lib/extras/import/report';
import { tellWritten } from '@/lib/extras/import/tell-written';
import { type FormState, refusedField, refusedForm } from '@/lib/forms/forms';
import { canAnswerWithPage } from '@/lib/http/page-answer';
import { unavailableForm } from '@/lib/http/refused-form';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

/** Reads a file and shows what it would do. Django: no counterpart; ImportMixin.import_action */
export const previewAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const admin = modelAdminOr404(form.get('_model'));
    await requireImport(request.user, admin);
    let id: number;
    try {
      const file = await readFile(form.get('import_file'));
      const report = await previewFile(admin, request, file);
      id = await keepPreview(request.user, admin, { file, report });
    } catch (error) {
      return refused(form, error);
    }
    redirect(`${importPath(admin)}${id}/`);
  },
);

/** Writes what was shown, or takes it back. Django: no counterpart; ImportMixin.process_import */
export const confirmAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const { user } = request;
    const origin = siteOrigin(request);
    const admin = modelAdminOr404(form.get('_model'));
    await requireImport(user, admin);
    const preview = await previewOr404(user, admin, form.get('_import')).catch(unreadableWords);
    if (typeof preview === 'string') return refusedForm(form, preview);
    if (form.has('_cancel')) {
      await takePreview(preview.id);
      info(request, 'Nothing was imported.');
      redirect(importPath(admin));
    }
    let done: Confirmed;
    try {
      const asked = await confirmOnce(request, admin, { preview, form });
      if ('refusedProof' in asked) return asked.refusedProof;
      done = asked;
    } catch (error) {
      return refused(form, error);
    }
    if (done.kind === 'unread') return refusedForm(form);
    if (done.kind !== 'imported') {
      warning(request, 'Nothing was imported: it is no longer as you read it. Read it once more.');
      redirect(done.kind === 'moved' ? `${importPath(admin)}${preview.id}/` : importPath(admin));
    }
    const { report, written } = done;
    const { meta } = admin;
    const when = new Date();
    after(() => tellWritten(admin, written, { when, origin }));
    success(request, importedWords(admin, countOutcomes(report)));
    await offerUndoOf(request, done.review, {
      what: `The rights of ${meta.verboseNamePlural} were changed by a file.`,
      href: listPath(meta),
    });
    for (const { level, text } of written.outcomes) addMessage(request, level, text);
    redirect(listPath(admin.meta));
  },
);

type Wanted = { preview: Preview; form: FormData };

/** Writes the file, unless a proof or a review is asked for first: the page then shows what. */
async function confirmOnce(
  request: HttpRequest<User>,
  admin: ModelAdmin,
  { preview, form }: Wanted,
): Promise<Confirmed | { refusedProof: FormState }> {
  const said = readConfirmation(form);
  const asker = { ...request, reason: said.reason };
  // Where nothing can be shown first, nothing can be read.
  const isShown = canAnswerWithPage();
  const write = (isFresh: boolean, confirmation: Confirmation) =>
    confirmFile(admin, asker, { preview, isFresh, ...(isShown && { confirmation }) });
  let isFresh = isSignInFresh(request);
  let proofError: string | undefined;
  let done = await write(isFresh, said);
  const isProofWanted =
    done.kind === 'stale sign-in' || (done.kind === 'unread' && !isFresh && isProofGiven(form));
  if (isProofWanted) {
    const refusedProof = await confirmIdentity(request, form);
    if (refusedProof && !form.has(REVIEW_FIELDS.digest)) return { refusedProof };
    isFresh = refusedProof === null;
    proofError = refusedProof ? confirmationError(refusedProof) : undefined;
    // Who has not shown who they are reads it once more.
    if (done.kind === 'stale sign-in') {
      done = await write(isFresh, refusedProof ? { ...said, digest: null } : said);
    }
  }
  if (done.kind === 'unread') {
    const unread = await unreadSeenBy(request.user, done);
    const isProofAsked = done.isGrant && !isFresh;
    importAnswer.give({ unread, reason: said.reason, isProofAsked, proofError });
  }
  return done;
}

function importPath({ meta }: ModelAdmin): string {
  return `${listPath(meta)}import/`;
}

function refused(form: FormData, error: unknown): FormState {
  if (error instanceof UnreadableFile) {
    return form.has('_import')
      ? refusedForm(form, error.message)
      : refusedField(form, 'import_file', error.message);
  }
  const state = unavailableForm(error, form);
  if (!state) throw error;
  return state;
}

function importedWords(
  { meta }: ModelAdmin,
  { added, changed, same }: ReturnType<typeof countOutcomes>,
): string {
  const rest = same > 0 ? `, ${same.toLocaleString('en')} left as they were` : '';
  return `The ${meta.verboseNamePlural} are imported: ${added.toLocaleString('en')} added, ${changed.toLocaleString('en')} changed${rest}.`;
}
