import type { ReactNode } from 'react';
import { touchSession } from '@/lib/contrib/sessions/store';
import { MethodNotAllowed } from '@/lib/core/exceptions';
import { isDocumentGet } from '@/lib/core/request-headers';
import { bestEffort } from '@/lib/db/best-effort';
import { unavailable } from '@/lib/db/faults';
import { answerPage } from '@/lib/http/answer';
import { getRequest } from '@/lib/http/current';
import { logRefusal } from '@/lib/http/refusals';
import type { HttpRequest } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';
import { admit, type Check, LoginRequired, markGuarded, PAGE_METHODS, raiseEarlier } from './admit';
import type { Page, PageView, Params } from './views';

/** Answer as the page `view` behind `check`. It sets no cookie and may read the session only. */
export async function runPage<U extends HttpRequest['user'], P extends Params>(
  check: Check<U>,
  view: PageView<U, P>,
  props: Parameters<Page<P>>[0],
): Promise<ReactNode> {
  const source = currentSource();
  let known: HttpRequest | undefined;
  markGuarded();
  try {
    known = await getRequest();
    raiseEarlier();
    await settle(known);
    const request = await admit(check, known);
    if (!PAGE_METHODS.includes(request.method)) throw new MethodNotAllowed(PAGE_METHODS);
    const [params, searchParams] = await Promise.all([props.params, props.searchParams]);
    return await view({ request, params, searchParams });
  } catch (error) {
    source.rethrow(error);
    if (error instanceof LoginRequired) return source.redirect(error.location);
    // What an action raised it has logged itself.
    if (source.notes()?.raised !== error) await logRefusal(error, known);
    return answerRaised(error, known?.user);
  }
}

// The reasons of a refusal are read from the database, which may fail as well.
async function answerRaised(error: unknown, user?: HttpRequest['user']): Promise<ReactNode> {
  try {
    return await answerPage(unavailable(error) ?? error, user);
  } catch (further) {
    currentSource().rethrow(further);
    return answerPage(unavailable(further) ?? further);
  }
}

// A page sets no cookie: what the check of the session changed is written under the same key, or by
// the next page if the database cannot be written to.
async function settle({ session, ipAddress, userAgent, ...request }: HttpRequest): Promise<void> {
  if (session.modified) {
    await bestEffort('A session', () => session.save({ ipAddress, userAgent }, { keepKey: true }));
  }
  session.freeze();
  if (isDocumentGet(request)) await touchSession(session);
}
