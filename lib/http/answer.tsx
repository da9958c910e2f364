import type { ReactNode } from 'react';
import { BadRequest } from '@/components/pages/bad-request';
import { ComeBackLater } from '@/components/pages/come-back-later';
import { documentTitle } from '@/components/pages/document-title';
import { NotFound } from '@/components/pages/not-found';
import { PermissionDenied as PermissionDeniedPage } from '@/components/pages/permission-denied';
import { ServerError } from '@/components/pages/server-error';
import { AnonymousUser, type RequestUser } from '@/lib/contrib/auth/models';
import { explain } from '@/lib/contrib/auth/permissions/decisions';
import { explanationSeenBy } from '@/lib/contrib/auth/permissions/visible-groups';
import {
  AuthenticationFailed,
  Http404,
  MethodNotAllowed,
  PermissionDenied,
  RequestDataTooBig,
  ServiceUnavailable,
  SuspiciousOperation,
  TooManyRequests,
} from '@/lib/core/exceptions';
import { reportError } from '@/lib/core/log/error-report';
import { DatabaseUnavailable } from '@/lib/db/faults';
import { forbiddenParts } from './forbidden-parts';
import { UnsupportedMediaType } from './problems/invalid-input';
import { loggedPath } from './server/logged-path';
import { notAllowed, tooLarge } from './server/refusal-words';
import { currentSource } from './source/current-source';

/**
 * Status, one line of text and, for who should come back later, the wait in seconds, for who asks in
 * a way that is none, the methods that are, and of a fault its reference.
 */
type Answer = {
  status: number;
  text: string;
  retryAfter?: number;
  allow?: string;
  reference?: string;
};

/** What to answer to what a view raised. A fault of ours says nothing of itself. */
export function answerStatus(error: unknown): Answer {
  if (error instanceof PermissionDenied) return { status: 403, text: 'Permission denied.\n' };
  if (error instanceof Http404) return { status: 404, text: 'Not found.\n' };
  if (error instanceof RequestDataTooBig) return { status: 413, text: 'Too large.\n' };
  if (error instanceof MethodNotAllowed) {
    return { status: 405, text: 'Method not allowed.\n', allow: error.allowed.join(', ') };
  }
  if (error instanceof SuspiciousOperation) return { status: 400, text: 'Bad request.\n' };
  if (error instanceof UnsupportedMediaType) return { status: 415, text: 'Send JSON.\n' };
  if (error instanceof AuthenticationFailed) {
    return { status: error.status, text: 'Who you are is not proven.\n' };
  }
  if (error instanceof TooManyRequests) {
    return { ...waitOf(error), text: 'Too many requests.\n' };
  }
  if (error instanceof ServiceUnavailable) {
    return { ...waitOf(error), text: 'Service unavailable.\n' };
  }
  const reference = report(error);
  return { status: 500, text: `Server error, reference ${reference}.\n`, reference };
}

/**
 * The page that answers what a view raised, with its status: 403 with the reasons, 404, 400, 429 and
 * 503 with the time to come back, or 500 with a reference that stands in the log.
 * Django: handler403, handler404, handler400, handler500
 */
export async function answerPage(
  error: unknown,
  user: RequestUser = new AnonymousUser(),
): Promise<ReactNode> {
  const source = currentSource();
  if (error instanceof PermissionDenied) {
    if (!source.setStatus(403)) source.forbidden();
    return <PermissionDeniedPage {...(await reasons(error, user))} />;
  }
  if (error instanceof Http404) {
    if (!source.setStatus(404)) source.notFound();
    return <NotFound title={documentTitle('Not found')} />;
  }
  if (error instanceof RequestDataTooBig || error instanceof MethodNotAllowed) {
    return refused(error);
  }
  if (error instanceof SuspiciousOperation) {
    source.setStatus(400);
    return <BadRequest />;
  }
  if (error instanceof TooManyRequests || error instanceof ServiceUnavailable) {
    source.setStatus(error.status, error.retryAfter);
    const heading = error instanceof DatabaseUnavailable ? { heading: error.heading } : {};
    return <ComeBackLater {...waitOf(error)} {...heading} message={error.message} />;
  }
  source.setStatus(500);
  return <ServerError reference={report(error)} />;
}

function refused(error: RequestDataTooBig | MethodNotAllowed): ReactNode {
  const { status, title, why } = error instanceof RequestDataTooBig ? tooLarge() : notAllowed();
  currentSource().setStatus(status);
  if (error instanceof MethodNotAllowed) {
    currentSource().setHeader('Allow', error.allowed.join(', '));
  }
  return <BadRequest title={title} why={why} />;
}

type Wait = Pick<TooManyRequests | ServiceUnavailable, 'status' | 'retryAfter'>;

function waitOf({ status, retryAfter }: Wait): Wait {
  return { status, retryAfter };
}

async function reasons({ perms, message }: PermissionDenied, user: RequestUser) {
  const explanations = await Promise.all(
    perms.map(async (perm) => explanationSeenBy(user, await explain(user, perm), [])),
  );
  const missing = explanations.filter(({ allowed }) => !allowed).map(({ perm }) => perm);
  const parts = user.isAuthenticated ? await forbiddenParts(user, missing) : [];
  return { user, message, explanations, parts };
}

function report(error: unknown): string {
  const incoming = currentSource().incoming();
  const asked = incoming && { method: incoming.method, path: loggedPath(incoming.url) };
  return reportError(error, { ...asked });
}
