import { AuthenticationFailed, PermissionDenied } from '@/lib/core/exceptions';
import { answerStatus } from '@/lib/http/answer';
import { LoginRequired } from '@/lib/http/entry-points/admit';
import type { HttpRequest } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';
import { isAskedByProgram } from './asked-by-program';
import { problemResponse } from './problem';

const SIGN_IN = 'Say who you are.';

/**
 * The answer of a handler to what was raised, where a program asked; null where a browser did. A
 * stranger gets 401 with the way to show who they are, or 403 where there is none for programs.
 * RFC 6750 3.1; RFC 9110 15.5.2
 */
export async function refuseProgram(
  error: unknown,
  request: HttpRequest | undefined,
): Promise<Response | null> {
  const source = currentSource();
  const [path = ''] = (source.incoming()?.url ?? request?.path ?? '').split('?');
  if (!isAskedByProgram(await source.headers(), path)) return null;
  if (error instanceof LoginRequired) {
    const { challenge } = error;
    return problemResponse(error, {
      status: challenge ? 401 : 403,
      text: SIGN_IN,
      challenge,
      path,
    });
  }
  return problemResponse(error, {
    ...answerStatus(error),
    challenge: challengeOf(error, request),
    path,
  });
}

function challengeOf(error: unknown, request: HttpRequest | undefined): string {
  if (error instanceof AuthenticationFailed) return error.challenge;
  const isShort = error instanceof PermissionDenied && error.perms.length > 0;
  if (!isShort || request?.token === undefined) return '';
  const scope = error.perms.join(' ');
  return `Bearer realm="gatehouse", error="insufficient_scope", scope="${scope}"`;
}
