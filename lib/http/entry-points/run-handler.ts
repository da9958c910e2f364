import { unavailable } from '@/lib/db/faults';
import { answerStatus } from '@/lib/http/answer';
import { refuseProgram } from '@/lib/http/problems/refuse-program';
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
import type { Handler, HandlerParams, HandlerView } from './views';

/**
 * Answer as the route handler `view` behind `check`. What it raises is answered in one line of text, and
 * to a program as a problem document. What is answered to a token no cache keeps.
 */
export async function runHandler<U extends HttpRequest['user'], P extends HandlerParams>(
  check: Check<U>,
  view: HandlerView<U, P>,
  ...[request, context]: Parameters<Handler<P>>
): Promise<Response> {
  let known: HttpRequest | undefined;
  markGuarded();
  try {
    known = await readRequest('handler');
    raiseEarlier();
    const passed = await admit(check, known);
    const params = await context.params;
    const response = await committing(passed, () => view(passed, { request, params }));
    if (known.isWithoutCookies) response.headers.set('cache-control', 'no-store');
    return response;
  } catch (error) {
    await tellWritten(known);
    currentSource().rethrow(error);
    const found = unavailable(error) ?? error;
    const problem = await refuseProgram(found, known);
    if (!(error instanceof LoginRequired)) await logRefusal(error, known);
    if (problem) return problem;
    if (error instanceof LoginRequired) return redirectResponse(error.location);
    const { status, text, retryAfter, allow } = answerStatus(found);
    const headers = new Headers({ 'cache-control': 'no-store' });
    if (allow !== undefined) headers.set('allow', allow);
    if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter));
    return new Response(text, { status, headers });
  }
}
