import { Http404, MethodNotAllowed, RequestDataTooBig } from '@/lib/core/exceptions';
import { refuseForged } from '@/lib/http/refusals';
import { commitRequest, type HttpRequest, tellSession } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';

/**
 * Raised by a check for a stranger: the answer is the way to `location`, where they can sign in; for a
 * program `challenge`, how it is asked who it is. `notSent` says to whoever has sent a form why nothing
 * came of it, where that is not the end of their session. `prepare` is called in an action before it
 * leads there: the place to set a cookie that the page at `location` needs.
 */
export class LoginRequired extends Error {
  override name = 'LoginRequired';

  constructor(
    readonly location: string,
    readonly challenge = '',
    readonly notSent?: string,
    readonly prepare?: () => Promise<void>,
  ) {
    super('Only for people who are signed in.');
  }
}

/**
 * Gives the request of whoever may pass, as one of theirs. Raises LoginRequired for a stranger, and
 * PermissionDenied or Http404 for whoever may not pass.
 */
export type Check<U extends HttpRequest['user']> = (
  request: HttpRequest,
) => Promise<HttpRequest<U>>;

/** The methods that a page answers. */
export const PAGE_METHODS: readonly string[] = ['GET', 'HEAD', 'POST'];

/** Note that a guard has been asked. */
export function markGuarded(): void {
  const notes = currentSource().notes();
  if (notes) notes.isGuarded = true;
}

/** Raise what was found before this view was asked, by an action or by the front door. */
export function raiseEarlier(): void {
  const notes = currentSource().notes();
  if (notes && 'raised' in notes) throw notes.raised;
  if (notes?.refused === 404) throw new Http404();
  if (notes?.refused === 405) throw new MethodNotAllowed(PAGE_METHODS);
  if (notes?.refused === 413) throw new RequestDataTooBig();
}

/** Let the request pass as one of whoever the check lets in, unless another site made it be sent. */
export function admit<U extends HttpRequest['user']>(
  check: Check<U>,
  request: HttpRequest,
): Promise<HttpRequest<U>> {
  refuseForged(request);
  return check(request);
}

/** Run a view and write what it changed. A redirect is thrown, and is a success. */
export async function committing<T>(request: HttpRequest, work: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    if (currentSource().isRedirect(error)) await commitRequest(request);
    throw error;
  }
  await commitRequest(request);
  return result;
}

/** A sign-in is written before the action ends, and the former key is gone then, however it ends. */
export async function tellWritten(request: HttpRequest | undefined): Promise<void> {
  if (request?.session.hasNews) await tellSession(request);
}
