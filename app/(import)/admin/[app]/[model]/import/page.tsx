import { adminOr404 } from '@/app/(admin)/admin/find-admin';
import { listCrumbs } from '@/app/(admin)/admin/object-crumbs';
import { previewAction } from '@/app/(import)/admin/[app]/[model]/import/actions';
import { staffMemberRequired } from '@/app/(import)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { FileField } from '@/components/import/file-field';
import { settings } from '@/lib/conf/settings';
import { listPath } from '@/lib/contrib/admin/list/list-address';
import { columnNames } from '@/lib/extras/import/columns';
import { requireImport } from '@/lib/extras/import/may-import';

type Params = { app: string; model: string };

export default staffMemberRequired.page<Params>(async function ImportPage({ request, params }) {
  const admin = adminOr404(params);
  const may = await requireImport(request.user, admin);
  const { meta } = admin;
  const rows = settings.IMPORT_MAX_ROWS.toLocaleString('en');
  return (
    <AdminPage
      request={request}
      title={`Import ${meta.verboseNamePlural}`}
      lead="Nothing is written before you have seen what the file would do."
      crumbs={listCrumbs(admin)}
    >
      <div className="max-w-3xl space-y-6">
        <ActionForm
          action={previewAction}
          isWatched={false}
          failed="Nothing is imported"
          notice="inside"
        >
          <input type="hidden" name="_model" value={meta.key} />
          <FileField
            name="import_file"
            label="File"
            hint={`CSV in UTF-8 with commas, as the list exports it. At most ${rows} rows.`}
          />
          <div className="flex gap-2">
            <SubmitButton>Show what it would do</SubmitButton>
            <ButtonLink variant="quiet" href={listPath(meta)} prefetch={false}>
              Cancel
            </ButtonLink>
          </div>
        </ActionForm>
        <ul className="list-disc space-y-1 pl-5 text-muted">
          <li>
            The first line names the columns. There are:{' '}
            <span className="text-ink">{columnNames(admin).join(', ')}</span>. Those that you leave
            out stay as they are.
          </li>
          {may.change && <li>A line with an id changes the row that has it.</li>}
          {may.add && <li>A line without an id adds a row.</li>}
          <li>If one line is wrong, none is written.</li>
        </ul>
      </div>
    </AdminPage>
  );
});
