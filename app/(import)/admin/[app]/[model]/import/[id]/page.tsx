import { adminOr404 } from '@/app/(admin)/admin/find-admin';
import { listCrumbs } from '@/app/(admin)/admin/object-crumbs';
import { confirmAction } from '@/app/(import)/admin/[app]/[model]/import/actions';
import { importAnswer } from '@/app/(import)/admin/[app]/[model]/import/answer';
import { staffMemberRequired } from '@/app/(import)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { StepUpIfOld } from '@/components/admin/step-up';
import { Button, ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { PreviewRows } from '@/components/import/preview-rows';
import { ReviewImport } from '@/components/import/review-import';
import { PageNumber, Pagination } from '@/components/pagination';
import { listPath } from '@/lib/contrib/admin/list/list-address';
import { isSignInFresh, stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import { requireImport } from '@/lib/extras/import/may-import';
import { unreadableWords } from '@/lib/extras/import/parse-csv';
import { previewOr404 } from '@/lib/extras/import/previews';
import { countOutcomes, pageOf } from '@/lib/extras/import/report';

type Params = { app: string; model: string; id: string };

export default staffMemberRequired.page<Params>(async function PreviewPage({
  request,
  params,
  searchParams,
}) {
  const admin = adminOr404(params);
  await requireImport(request.user, admin);
  const { meta, options } = admin;
  const path = `${listPath(meta)}import/`;
  const frame = {
    request,
    title: `Import ${meta.verboseNamePlural}`,
    crumbs: [...listCrumbs(admin), { label: 'Import', href: path }],
  };
  const preview = await previewOr404(request.user, admin, params.id).catch(unreadableWords);
  if (typeof preview === 'string') {
    return (
      <AdminPage {...frame} lead={preview}>
        <ButtonLink href={path} prefetch={false} variant="primary">
          Choose another file
        </ButtonLink>
      </AdminPage>
    );
  }
  const { id, file, report } = preview;
  const asked = importAnswer.take();
  if (asked) {
    const fields = asked.isProofAsked ? await stepUpFields(request.user) : [];
    return (
      <AdminPage {...frame} title="Review the import" lead="Nothing has been imported yet.">
        <ReviewImport
          model={meta.key}
          id={id}
          answer={asked}
          actorId={request.user.id}
          fields={fields}
        />
      </AdminPage>
    );
  }
  const counts = countOutcomes(report);
  const { rows, page, pageCount } = pageOf(report, searchParams['p']);
  const isRefused = counts.refused > 0;
  const isEmpty = counts.added + counts.changed === 0;
  const fields = await stepUpFields(request.user);
  return (
    <AdminPage {...frame} lead={file.name}>
      <div className="space-y-6">
        <p className="max-w-3xl">{summaryOf(counts)}</p>
        {isRefused && (
          <p
            role="alert"
            className="max-w-3xl rounded-field border border-danger/50 bg-danger-soft px-4 py-3"
          >
            Nothing is imported while a line is refused. Put the file right and send it again.
          </p>
        )}
        {report.notes.map((note) => (
          <p key={note} className="max-w-3xl text-muted">
            {note}
          </p>
        ))}
        {report.left.length > 0 && (
          <p className="max-w-3xl text-muted">
            Not imported, since no form changes them: {report.left.join(', ')}.
          </p>
        )}
        <PreviewRows rows={rows} />
        <Pagination
          page={page}
          hasNext={page < pageCount}
          hrefOf={(each) => `${path}${id}/?p=${each}`}
          prefetch={false}
        >
          <PageNumber page={page} pageCount={pageCount} />
        </Pagination>
        <ActionForm
          action={confirmAction}
          isWatched={false}
          failed="Nothing is imported"
          notice="inside"
        >
          <input type="hidden" name="_model" value={meta.key} />
          <input type="hidden" name="_import" value={id} />
          {!isRefused && (
            <StepUpIfOld
              fields={fields}
              isOld={options.isGrant !== undefined && !isSignInFresh(request)}
            />
          )}
          <div className="flex flex-wrap gap-2">
            {isRefused || isEmpty ? (
              <ButtonLink href={path} prefetch={false} variant="primary">
                Choose another file
              </ButtonLink>
            ) : (
              <SubmitButton name="_confirm" value="1">
                Confirm import
              </SubmitButton>
            )}
            <Button name="_cancel" value="1" variant="quiet">
              Do not import
            </Button>
          </div>
        </ActionForm>
      </div>
    </AdminPage>
  );
});

function summaryOf({ added, changed, same, refused }: ReturnType<typeof countOutcomes>): string {
  const parts = [
    `${added.toLocaleString('en')} to be added`,
    `${changed.toLocaleString('en')} to be changed`,
    `${same.toLocaleString('en')} as they are`,
    `${refused.toLocaleString('en')} refused`,
  ];
  return `${parts.join(', ')}.`;
}
