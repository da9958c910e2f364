import { staffMemberRequired } from '@/app/(matrix)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { MatrixGrid } from '@/components/admin/matrix/matrix-grid';
import { PlainChoices } from '@/components/admin/matrix/plain-choices';
import { PlainForm } from '@/components/admin/matrix/plain-form';
import { ReviewPage } from '@/components/admin/matrix/review-page';
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
import {
  type ColumnName,
  formatColumnName,
  parseColumnName,
} from '@/lib/extras/matrix/matrix-changes';
import {
  loadGroupColumns,
  loadMatrixApps,
  loadUserColumns,
} from '@/lib/extras/matrix/permission-matrix';
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
  const about = named ? formatColumnName(named) : '';
  if (answer?.review) {
    return (
      <AdminPage request={request} title="Review changes" crumbs={[...crumbs, matrixCrumb]}>
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
      </AdminPage>
    );
  }
  const changes = answer?.changes ?? '';
  if (named?.kind === 'user') {
    return userPage(request, named.id, changes, searchParams['plain'] !== undefined);
  }
  if (named) return groupPage(request, named.id, changes);
  const groups = await loadGroupColumns();
  const mayChange = await hasChangePermission(request.user, groupAdmin);
  const rows = await rowsFor(request.user, await loadMatrixApps());
  return (
    <AdminPage
      request={request}
      title="Permission matrix"
      crumbs={crumbs}
      lead={mayChange ? 'What each group gives to its members.' : readOnly('groups')}
    >
      {groups.length === 0 ? (
        <p className="text-muted">There are no groups yet.</p>
      ) : (
        <>
          <MatrixGrid
            data={groupGrid(rows, groups, mayChange)}
            about={about}
            changes={changes}
            action={matrixAction}
          />
          <PlainChoices groups={groups} />
        </>
      )}
    </AdminPage>
  );
});

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
          <MatrixGrid data={userGrid(rows, columns, mayChange)} {...form} />
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

function leadOf({ isActive, isSuperuser }: { isActive: boolean; isSuperuser: boolean }): string {
  if (!isActive) return 'The account is inactive: nothing that is granted counts.';
  if (isSuperuser) return 'A superuser: everything is allowed, whatever is granted.';
  return 'What is granted directly can be changed here; what groups give, in the groups.';
}

function readOnly(what: string): string {
  return `You may see this, not change it: that needs the permission to change ${what}.`;
}
