import type { ReactNode } from 'react';
import { AdminFrame } from '@/components/admin/admin-frame';
import { ButtonLink } from '@/components/button';
import { setNotFoundPage } from '@/lib/contrib/admin/rail/not-found';
import type { User } from '@/lib/contrib/auth/models';
import type { HttpRequest } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';

setNotFoundPage(notFoundInAdmin);

/** The 404 of the admin, with its status, for staff: the rail stays beside it. */
export function notFoundInAdmin(request: HttpRequest<User>): ReactNode {
  const source = currentSource();
  if (!source.setStatus(404)) source.notFound();
  return (
    <AdminFrame
      request={request}
      title="Not found"
      heading="There is nothing here"
      crumbs={[]}
      lead="The address may be mistyped, or what was here has been deleted."
    >
      <ButtonLink href="/admin/">Go to the overview</ButtonLink>
    </AdminFrame>
  );
}
