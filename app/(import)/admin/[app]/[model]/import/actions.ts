'use server';

import { redirect } from 'next/navigation';
import { modelAdminOr404 } from '@/app/(admin)/admin/find-admin';
import { staffMemberRequired } from '@/app/(import)/guards';
import { listPath } from '@/lib/contrib/admin/list/list-address';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { confirmIdentity, isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { addMessage, info, success, warning } from '@/lib/contrib/messages/api';
import { type Confirmed, confirmFile, previewFile } from '@/lib/extras/import/import-file';
import { requireImport } from '@/lib/extras/import/may-import';
import { UnreadableFile, unreadableWords } from '@/lib/extras/import/parse-csv';
import { keepPreview, previewOr404, takePreview } from '@/lib/extras/import/previews';
import { readFile } from '@/lib/extras/import/read-file';
import { countOutcomes } from '@/lib/extras/import/report';
import { tellWritten } from '@/lib/extras/import/tell-written';
import { type FormState, refusedField, refusedForm } from '@/lib/forms/forms';
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
      done = await confirmFile(admin, request, { preview, isFresh: isSignInFresh(request) });
      if (done.kind === 'stale sign-in') {
        const refusedProof = await confirmIdentity(request, form);
        if (refusedProof) return refusedProof;
        done = await confirmFile(admin, request, { preview, isFresh: true });
      }
    } catch (error) {
      return refused(form, error);
    }
    if (done.kind !== 'imported') {
      warning(request, 'Nothing was imported: it is no longer as you read it. Read it once more.');
      redirect(done.kind === 'moved' ? `${importPath(admin)}${preview.id}/` : importPath(admin));
    }
    const { report, written } = done;
    const when = new Date();
    after(() => tellWritten(admin, written, { when, origin }));
    success(request, importedWords(admin, countOutcomes(report)));
    for (const { level, text } of written.outcomes) addMessage(request, level, text);
    redirect(listPath(admin.meta));
  },
);

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
