import type { ReactNode } from 'react';
import type { User } from '@/lib/contrib/auth/models';
import { Http404 } from '@/lib/core/exceptions';
import type { PageView, Params } from '@/lib/http/entry-points/views';
import type { HttpRequest } from '@/lib/http/request';

let draw: ((request: HttpRequest<User>) => ReactNode) | null = null;

/** Tell what the admin's 404 looks like, which stands above this house; it sets the status. */
export function setNotFoundPage(drawn: typeof draw): void {
  draw = drawn;
}

/** A page of the admin whose 404 is the admin's: who mistyped is still in it. Without one the site's. */
export function withNotFoundPage<P extends Params>(view: PageView<User, P>): PageView<User, P> {
  return async (page) => {
    try {
      return await view(page);
    } catch (error) {
      if (!(error instanceof Http404) || !draw) throw error;
      return draw(page.request);
    }
  };
}
