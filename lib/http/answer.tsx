import { randomUUID } from 'node:crypto';
import { forbidden, notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { BadRequest } from '@/components/pages/bad-request';
import { NotFound } from '@/components/pages/not-found';
import { PermissionDenied as PermissionDeniedPage } from '@/components/pages/permission-denied';
import { ServerError } from '@/components/pages/server-error';
import { explain, groupsGranting } from '@/lib/auth/explain';
import type { RequestUser } from '@/lib/auth/models';
import { Http404, PermissionDenied, SuspiciousOperation } from '@/lib/core/exceptions';
import { setStatus } from './exchange';

/** Status and one line of text for what a view raised. A fault of ours says nothing of itself. */
export function answerStatus(error: unknown): { status: number; text: string } {
  if (error instanceof PermissionDenied) return { status: 403, text: 'Permission denied.\n' };
  if (error instanceof Http404) return { status: 404, text: 'Not found.\n' };
  if (error instanceof SuspiciousOperation) return { status: 400, text: 'Bad request.\n' };
  return { status: 500, text: `Server error, reference ${report(error)}.\n` };
}

/**
 * The page that answers what a view raised, with its status: 403 with the reasons, 404, 400, or
 * 500 with a reference that stands in the log.
 * Django: handler403, handler404, handler400, handler500
 */
export async function answerPage(error: unknown, user: RequestUser): Promise<ReactNode> {
  if (error instanceof PermissionDenied) {
    if (!setStatus(403)) forbidden();
    return <PermissionDeniedPage {...(await reasons(error, user))} />;
  }
  if (error instanceof Http404) {
    if (!setStatus(404)) notFound();
    return <NotFound />;
  }
  if (error instanceof SuspiciousOperation) {
    setStatus(400);
    return <BadRequest />;
  }
  setStatus(500);
  return <ServerError reference={report(error)} />;
}

async function reasons({ perms, message }: PermissionDenied, user: RequestUser) {
  const explanations = await Promise.all(perms.map((perm) => explain(user, perm)));
  const missing = explanations.filter(({ allowed }) => !allowed).map(({ perm }) => perm);
  const granting = await Promise.all(
    missing.map(async (perm) => [perm, await groupsGranting(perm)] as const),
  );
  return { user, message, explanations, grantingGroups: Object.fromEntries(granting) };
}

const reported = new WeakMap<object, string>();

function report(error: unknown): string {
  const known = typeof error === 'object' && error !== null ? reported.get(error) : undefined;
  if (known) return known;
  const reference = randomUUID().slice(0, 8);
  if (typeof error === 'object' && error !== null) reported.set(error, reference);
  console.error(`[${reference}]`, error);
  return reference;
}
