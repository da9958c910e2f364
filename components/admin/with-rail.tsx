import type { ReactNode } from 'react';
import { AdminPage } from '@/components/admin/admin-page';
import { ButtonLink } from '@/components/button';
import type { User } from '@/lib/contrib/auth/models';
import { Http404 } from '@/lib/core/exceptions';
import type { PageView, Params } from '@/lib/http/entry-points/views';
import type { HttpRequest } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';

/** A page of the admin whose 404 keeps the rail beside it: whoever mistyped is still in the admin. */
export function withRail<P extends Params>(view: PageView<User, P>): PageView<User, P> {
  return async (page) => {
    try {
      return await view(page);
    } catch (error) {
      if (!(error instanceof Http404)) throw error;
      return notFoundInAdmin(page.request);
    }
  };
}

/** The 404 of the admin, with its status, for staff. */
export function notFoundInAdmin(request: HttpRequest<User>): ReactNode {
  const source = currentSource();
  if (!source.setStatus(404)) source.notFound();
  return (
    <AdminPage
      request={request}
      title="Not found"
      heading="There is nothing here"
      crumbs={[]}
      lead="The address may be mistyped, or what was here has been deleted."
    >
      <ButtonLink href="/admin/">Go to the overview</ButtonLink>
    </AdminPage>
  );
}
