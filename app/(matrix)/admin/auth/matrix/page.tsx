import { staffMemberRequired } from '@/app/(matrix)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { Arrival } from '@/components/admin/matrix/arrival';
import { MatrixGrid } from '@/components/admin/matrix/matrix-grid';
import { isIn, type Packed, sizeOf } from '@/components/admin/matrix/packed';
import { PlainChoices } from '@/components/admin/matrix/plain-choices';
import { PlainForm } from '@/components/admin/matrix/plain-form';
import { ReviewPage } from '@/components/admin/matrix/review-page';
import { MatrixLegend } from '@/components/admin/matrix/side/legend';
import { ViewForm } from '@/components/admin/matrix/view/view-form';
import { ViewPages } from '@/components/admin/matrix/view/view-pages';
import {
  hasChangePermission,
  hasViewPermission,
  permissionDenied,
} from '@/lib/contrib/admin/model-permissions';
import { groupAdmin } from '@/lib/contrib/auth/admin/group';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { isSignInFresh, stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { Http404 } from '@/lib/core/exceptions';
import { visibleText } from '@/lib/core/text';
import { loadGroupPage } from '@/lib/extras/matrix/group-page';
import {
  type ColumnName,
  formatColumnName,
  parseColumnName,
} from '@/lib/extras/matrix/matrix-changes';
import {
  formatMatrixView,
  type MatrixView,
  parseMatrixView,
} from '@/lib/extras/matrix/matrix-view';
import {
  loadGroupColumns,
  loadMatrixApps,
  loadUserColumns,
} from '@/lib/extras/matrix/permission-matrix';
import { pageOfRows } from '@/lib/extras/matrix/row-page';
import type { SearchParams } from '@/lib/http/entry-points/views';
import type { HttpRequest } from '@/lib/http/request';
import { matrixAction } from './actions';
import { matrixAnswer } from './answer';
import { groupGrid, rowsFor, userGrid } from './grid-props';

const crumbs = [{ label: 'Authentication and Authorization', href: '/admin/auth/' }];
const matrixCrumb = { label: 'Permission matrix', href: '/admin/auth/matrix/' };

export default staffMemberRequired.page(async function MatrixPage({ request, searchParams }) {
  if (!(await hasViewPermission(request.user, groupAdmin))) {
    throw permissionDenied(groupAdmin, 'view');
  }
  const answer = matrixAnswer.take();
  const named = columnIn(searchParams);
  const view = parseMatrixView(named ? {} : searchParams);
  const about = named ? formatColumnName(named) : formatMatrixView(view);
  if (answer?.review) {
    return (
      <AdminPage request={request} title="Review changes" crumbs={[...crumbs, matrixCrumb]}>
        <Arrival>
          <ReviewPage
            {...answer}
            review={answer.review}
            about={about}
            actorId={request.user.id}
            stepUp={{
              fields: await stepUpFields(request.user),
              isOld: !isSignInFresh(request),
            }}
            action={matrixAction}
          />
        </Arrival>
      </AdminPage>
    );
  }
  const changes = answer?.changes ?? '';
  if (named?.kind === 'user') {
    return userPage(request, named.id, changes, searchParams['plain'] !== undefined);
  }
  if (named) return groupPage(request, named.id, changes);
  return groupsPage(request, view, changes);
});

async function groupsPage(request: HttpRequest<User>, view: MatrixView, changes: string) {
  const page = await loadGroupPage(request.user, view);
  const { groups } = page;
  const mayChange = await hasChangePermission(request.user, groupAdmin);
  const all = await loadMatrixApps();
  const part = pageOfRows(all, view);
  const rows = await rowsFor(request.user, part.apps);
  const isCompared = view.only.length > 0 && groups.length === 2;
  const query = formatMatrixView(view);
  const isEmpty = page.total === 0 && query === '';
  return (
    <AdminPage
      request={request}
      title={isCompared ? `Compare ${namesOf(groups)}` : 'Permission matrix'}
      crumbs={isCompared ? [...crumbs, matrixCrumb] : crumbs}
      lead={mayChange ? <LockedLead {...rows} /> : readOnly('groups')}
    >
      {isEmpty ? (
        <p className="text-muted">There are no groups yet.</p>
      ) : (
        <>
          <ViewForm key={`form ${query}`} view={view} page={page} apps={all} />
          <ViewPages view={view} groups={page} rows={part} />
          {groups.length === 0 ? (
            <p className="text-muted">No group is found by this.</p>
          ) : (
            <MatrixGrid
              key={query}
              data={groupGrid(rows, groups, mayChange)}
              about={query}
              changes={changes}
              keep={`matrix ${request.user.id}`}
              query={view.perms}
              show={view.isDiffering ? 'differ' : 'all'}
              legend={
                <MatrixLegend isUser={false} mayChange={mayChange} hasLocked={hasLocked(rows)} />
              }
              action={matrixAction}
            />
          )}
          <PlainChoices groups={groups} apps={part.apps} isChosen={isCompared} />
        </>
      )}
    </AdminPage>
  );
}

async function userPage(request: HttpRequest<User>, id: number, changes: string, isPlain: boolean) {
  if (!(await hasViewPermission(request.user, userAdmin()))) {
    throw permissionDenied(userAdmin(), 'view');
  }
  const columns = await loadUserColumns(id);
  if (!columns) throw new Http404();
  const { user } = columns;
  const mayChange = await hasChangePermission(request.user, userAdmin());
  const rows = await rowsFor(request.user, await loadMatrixApps());
  const form = { about: `u${id}`, changes, action: matrixAction };
  return (
    <AdminPage
      request={request}
      title={`Permissions of ${user.name}`}
      crumbs={[...crumbs, matrixCrumb]}
      lead={mayChange ? leadOf(user) : readOnly('users')}
    >
      {isPlain ? (
        <PlainForm {...rows} {...form} held={user.held} mayChange={mayChange} />
      ) : (
        <>
          <MatrixGrid
            data={userGrid(rows, columns, mayChange)}
            {...form}
            keep={`matrix ${request.user.id} ${form.about}`}
            legend={<MatrixLegend isUser mayChange={mayChange} hasLocked={hasLocked(rows)} />}
          />
          <noscript>
            <a href={`?user=${id}&plain=1`} className="text-accent underline">
              Show them as a form, which needs no JavaScript
            </a>
          </noscript>
        </>
      )}
    </AdminPage>
  );
}

async function groupPage(request: HttpRequest<User>, id: number, changes: string) {
  const [group] = await loadGroupColumns([id]);
  if (!group) throw new Http404();
  const mayChange = await hasChangePermission(request.user, groupAdmin);
  const rows = await rowsFor(request.user, await loadMatrixApps());
  return (
    <AdminPage
      request={request}
      title={`Permissions of ${visibleText(group.name)}`}
      crumbs={[...crumbs, matrixCrumb]}
      lead={mayChange ? undefined : readOnly('groups')}
    >
      <PlainForm
        {...rows}
        about={`g${id}`}
        changes={changes}
        action={matrixAction}
        held={group.held}
        mayChange={mayChange}
      />
    </AdminPage>
  );
}

function columnIn({ user, group }: SearchParams): ColumnName | null {
  if (user === undefined && group === undefined) return null;
  const named = parseColumnName(user === undefined ? `g${group}` : `u${user}`);
  if (!named) throw new Http404();
  return named;
}

function namesOf(groups: readonly { name: string }[]): string {
  return groups.map(({ name }) => visibleText(name)).join(' and ');
}

function hasLocked({ locked }: { locked: Packed }): boolean {
  return locked.includes('1');
}

/** What the matrix is, and once what its dimmed lines are. */
function LockedLead({ locked }: { locked: Packed }) {
  const total = sizeOf(locked);
  const given = [...locked].filter((_, place) => !isIn(locked, place)).length;
  return (
    <>
      What each group gives to its members.
      {given < total &&
        ` You may give ${given} of these ${total} permissions: nobody grants what they do not hold. The others are dimmed; they can only be taken away.`}
    </>
  );
}

function leadOf({ isActive, isSuperuser }: { isActive: boolean; isSuperuser: boolean }): string {
  if (!isActive) return 'The account is inactive: nothing that is granted counts.';
  if (isSuperuser) return 'A superuser: everything is allowed, whatever is granted.';
  return 'What is granted directly can be changed here; what groups give, in the groups.';
}

function readOnly(what: string): string {
  return `You may see this, not change it: that needs the permission to change ${what}.`;
}
