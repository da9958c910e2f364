import { refresh } from 'next/cache';
import { redirect, unstable_rethrow } from 'next/navigation';
import type { ReactNode } from 'react';
import { AnonymousUser, type RequestUser } from '@/lib/auth/models';
import { redirectToLogin } from '@/lib/auth/redirect-to-login';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { isDocumentGet } from '@/lib/core/request-headers';
import { warning } from '@/lib/messages/api';
import { touchSession } from '@/lib/sessions/store';
import { answerPage, answerStatus } from './answer';
import { getRequest } from './current';
import { currentExchange, isSentByScript, setStatus } from './exchange';
import { keepMessages } from './messages';
import { redirectResponse } from './redirect';
import { logRefusal, refuseForged } from './refusals';
import { commitRequest, type HttpRequest, readRequest } from './request';
import { type Call, readCall } from './views';

/** Raised by a check for a stranger: the answer is the way to the sign-in page. */
export class LoginRequired extends Error {
  override name = 'LoginRequired';
}

/** Returns when the user may pass, raises LoginRequired or PermissionDenied when not. */
export type Check = (user: RequestUser) => Promise<void>;

const NOT_SENT =
  'You were signed out before this was sent, and nothing is saved. Sign in, then go back with your browser to what you typed and send it again.';

type View = (first: unknown, second?: unknown) => Promise<unknown>;

/**
 * Make the entry point that Next.js calls: refuse forged requests, check the user, run the view,
 * write what it changed, and answer what it raised with the right status and a whole page.
 */
export function guarded(check: Check, view: View) {
  return async (...args: unknown[]): Promise<unknown> => {
    const call = readCall(args);
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
    const exchange = currentExchange();
    if (exchange && 'raised' in exchange) throw exchange.raised;
    await settle(request);
    await admit(check, request);
    const [params, searchParams] = await Promise.all([call.params, call.searchParams]);
    return (await view({ request, params, searchParams })) as ReactNode;
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof LoginRequired) redirect(redirectToLogin(request?.path ?? ''));
    // What an action raised it has logged itself.
    if (currentExchange()?.raised !== error) await logRefusal(error, request);
    return answerPage(error, request?.user ?? new AnonymousUser());
  }
}

async function runAction(check: Check, view: View, call: CallOf<'action'>): Promise<unknown> {
  let request: HttpRequest | undefined;
  try {
    request = await readRequest();
    await admit(check, request);
    const result = await view(request, call.form);
    await commitRequest(request);
    return result;
  } catch (error) {
    if (request && isRedirect(error)) await commitRequest(request);
    unstable_rethrow(error);
    if (error instanceof LoginRequired) {
      if (request) await tellNotSent(request);
      redirect(redirectToLogin(request?.path ?? ''));
    }
    await logRefusal(error, request);
    return refuseAction(error, call.state);
  }
}

async function runHandler(check: Check, view: View, call: CallOf<'handler'>): Promise<unknown> {
  let request: HttpRequest | undefined;
  try {
    request = await readRequest();
    await admit(check, request);
    const response = await view(request, { request: call.request, params: await call.params });
    await commitRequest(request);
    return response;
  } catch (error) {
    if (request && isRedirect(error)) await commitRequest(request);
    unstable_rethrow(error);
    if (error instanceof LoginRequired) {
      return redirectResponse(redirectToLogin(request?.path ?? ''));
    }
    await logRefusal(error, request);
    const { status, text, retryAfter } = answerStatus(error);
    const headers = new Headers({ 'cache-control': 'no-store' });
    if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter));
    return new Response(text, { status, headers });
  }
}

async function admit(check: Check, request: HttpRequest): Promise<void> {
  refuseForged(request);
  await check(request.user);
}

// A page sets no cookie: what the check of the session changed is written under the same key.
async function settle({ session, ipAddress, userAgent, ...request }: HttpRequest): Promise<void> {
  await session.save({ ipAddress, userAgent }, { keepKey: true });
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
