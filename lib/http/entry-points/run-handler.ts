import { unavailable } from '@/lib/db/faults';
import { answerStatus } from '@/lib/http/answer';
import { redirectResponse } from '@/lib/http/redirect';
import { logRefusal } from '@/lib/http/refusals';
import { type HttpRequest, readRequest } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';
import {
  admit,
  type Check,
  committing,
  LoginRequired,
  markGuarded,
  raiseEarlier,
  tellWritten,
} from './admit';
import type { Handler, HandlerView, Params } from './views';

/** Answer as the route handler `view` behind `check`; what it raises is answered in one line of text. */
export async function runHandler<U extends HttpRequest['user'], P extends Params>(
  check: Check<U>,
  view: HandlerView<U, P>,
  ...[request, context]: Parameters<Handler<P>>
): Promise<Response> {
  let known: HttpRequest | undefined;
  markGuarded();
  try {
    known = await readRequest();
    raiseEarlier();
    const passed = await admit(check, known);
    const params = await context.params;
    return await committing(passed, () => view(passed, { request, params }));
  } catch (error) {
    await tellWritten(known);
    currentSource().rethrow(error);
    if (error instanceof LoginRequired) return redirectResponse(error.location);
    await logRefusal(error, known);
    const { status, text, retryAfter, allow } = answerStatus(unavailable(error) ?? error);
    const headers = new Headers({ 'cache-control': 'no-store' });
    if (allow !== undefined) headers.set('allow', allow);
    if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter));
    return new Response(text, { status, headers });
  }
}
