import { refresh } from 'next/cache';
import { redirect, unstable_rethrow } from 'next/navigation';
import type { ReactNode } from 'react';
import { AnonymousUser, type RequestUser } from '@/lib/contrib/auth/models';
import { redirectToLogin } from '@/lib/contrib/auth/views';
import { warning } from '@/lib/contrib/messages/api';
import { touchSession } from '@/lib/contrib/sessions/store';
import {
  Http404,
  MethodNotAllowed,
  RequestDataTooBig,
  SuspiciousOperation,
} from '@/lib/core/exceptions';
import { isDocumentGet } from '@/lib/core/request-headers';
import { bestEffort } from '@/lib/db/best-effort';
import { unavailable } from '@/lib/db/faults';
import { isFormState } from '@/lib/forms/forms';
import { answerPage, answerStatus } from './answer';
import { getRequest } from './current';
import { keepMessages } from './messages';
import { redirectResponse } from './redirect';
import { logRefusal, refuseForged } from './refusals';
import { unavailableForm } from './refused-form';
import { commitRequest, type HttpRequest, readRequest, tellSession } from './request';
import { currentExchange, isSentByScript, setStatus } from './server/exchange';
import { type Call, isServerAction, readCall } from './views';

/**
 * Raised by a check for a stranger: the answer is the way to the sign-in page, and from there to
 * `next`; left out, back to what was asked for.
 */
export class LoginRequired extends Error {
  override name = 'LoginRequired';
  readonly next: string | null;

  constructor(next: string | null = null) {
    super();
    this.next = next;
  }
}

/** Returns when the user may pass, raises LoginRequired or PermissionDenied when not. */
export type Check = (user: RequestUser) => Promise<void>;

const NOT_SENT =
  'You were signed out before this was sent, and nothing is saved. Sign in, then go back with your browser to what you typed and send it again.';
const PAGE_METHODS = ['GET', 'HEAD', 'POST'];

type View = (first: unknown, second?: unknown) => Promise<unknown>;

/**
 * Make the entry point that Next.js calls: refuse forged requests, check the user, run the view,
 * write what it changed, and answer what it raised with the right status and a whole page.
 */
export function guarded(check: Check, view: View) {
  return async function entry(...args: unknown[]): Promise<unknown> {
    const exchange = currentExchange();
    if (exchange) exchange.isGuarded = true;
    const call = readCall(args, isServerAction(entry));
    if (!call) return refuseAction(new SuspiciousOperation('No page or form calls this so.'), null);
    if (call.kind === 'page') return runPage(check, view, call);
    if (call.kind === 'action') return runAction(check, view, call);
    return runHandler(check, view, call);
  };
}

type CallOf<K extends Call['kind']> = Extract<Call, { kind: K }>;

async function runPage(check: Check, view: View, call: CallOf<'page'>): Promise<ReactNode> {
  let request: HttpRequest | undefined;
  try {
    request = await getRequest();
    raiseEarlier();
    await settle(request);
    await admit(check, request);
    if (!PAGE_METHODS.includes(request.method)) throw new MethodNotAllowed(PAGE_METHODS);
    const [params, searchParams] = await Promise.all([call.params, call.searchParams]);
    return (await view({ request, params, searchParams })) as ReactNode;
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof LoginRequired) {
      redirect(redirectToLogin(error.next ?? request?.path ?? ''));
    }
    // What an action raised it has logged itself.
    if (currentExchange()?.raised !== error) await logRefusal(error, request);
    return answerRaised(error, request?.user ?? new AnonymousUser());
  }
}

// The reasons of a refusal are read from the database, which may fail as well.
async function answerRaised(error: unknown, user: RequestUser): Promise<ReactNode> {
  try {
    return await answerPage(unavailable(error) ?? error, user);
  } catch (further) {
    unstable_rethrow(further);
    return answerPage(unavailable(further) ?? further, new AnonymousUser());
  }
}

async function runAction(check: Check, view: View, call: CallOf<'action'>): Promise<unknown> {
  let known: HttpRequest | undefined;
  try {
    const request = await readRequest();
    known = request;
    await admit(check, request);
    return await committing(request, () => view(request, call.form));
  } catch (error) {
    await tellWritten(known);
    unstable_rethrow(error);
    if (error instanceof LoginRequired) {
      if (known) await tellNotSent(known);
      redirect(redirectToLogin(error.next ?? known?.path ?? ''));
    }
    const busy = isFormState(call.state) && unavailableForm(error, call.form);
    if (busy) return busy;
    await logRefusal(error, known);
    return refuseAction(unavailable(error) ?? error, call.state);
  }
}

async function runHandler(check: Check, view: View, call: CallOf<'handler'>): Promise<unknown> {
  let known: HttpRequest | undefined;
  try {
    const request = await readRequest();
    known = request;
    raiseEarlier();
    await admit(check, request);
    const params = await call.params;
    return await committing(request, () => view(request, { request: call.request, params }));
  } catch (error) {
    await tellWritten(known);
    unstable_rethrow(error);
    if (error instanceof LoginRequired) {
      return redirectResponse(redirectToLogin(error.next ?? known?.path ?? ''));
    }
    await logRefusal(error, known);
    const { status, text, retryAfter, allow } = answerStatus(unavailable(error) ?? error);
    const headers = new Headers({ 'cache-control': 'no-store' });
    if (allow !== undefined) headers.set('allow', allow);
    if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter));
    return new Response(text, { status, headers });
  }
}

// A redirect is thrown, and is a success.
async function committing<T>(request: HttpRequest, work: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    if (isRedirect(error)) await commitRequest(request);
    throw error;
  }
  await commitRequest(request);
  return result;
}

// A sign-in is written before the action ends, and the former key is gone then, however it ends.
async function tellWritten(request: HttpRequest | undefined): Promise<void> {
  if (request?.session.hasNews) await tellSession(request);
}

// What was found before this view was asked, by an action or by the front door.
function raiseEarlier(): void {
  const exchange = currentExchange();
  if (exchange && 'raised' in exchange) throw exchange.raised;
  if (exchange?.refused === 404) throw new Http404();
  if (exchange?.refused === 405) throw new MethodNotAllowed(PAGE_METHODS);
  if (exchange?.refused === 413) throw new RequestDataTooBig();
}

async function admit(check: Check, request: HttpRequest): Promise<void> {
  refuseForged(request);
  await check(request.user);
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

// With scripts the sign-in page says more: what became of the text.
async function tellNotSent({ messages }: HttpRequest): Promise<void> {
  if (isSentByScript()) return;
  warning({ messages }, NOT_SENT);
  await keepMessages(messages);
}

// The page is rendered in the same response: it answers for the action, whole, in the page's place.
function refuseAction(error: unknown, state: unknown): unknown {
  const exchange = currentExchange();
  if (exchange) exchange.raised = error;
  const { status, retryAfter, reference } = answerStatus(error);
  setStatus(status, retryAfter);
  // The form in the browser stays for these; for others the page that answers comes in its place.
  if (exchange && status >= 429 && !exchange.response.headersSent) {
    exchange.response.setHeader('X-Action-Refused', reference ?? 'later');
  }
  refresh();
  return state;
}

function isRedirect(error: unknown): boolean {
  return (
    error instanceof Error && 'digest' in error && String(error.digest).startsWith('NEXT_REDIRECT')
  );
}
