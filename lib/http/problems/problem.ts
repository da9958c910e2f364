import { STATUS_CODES } from 'node:http';
import { AuthenticationFailed, PermissionDenied } from '@/lib/core/exceptions';
import type { answerStatus } from '@/lib/http/answer';
import { InvalidInput } from './invalid-input';

/**
 * A refusal as a program reads it.
 * RFC 9457
 */
export type Problem = {
  type: 'about:blank';
  title: string;
  status: number;
  detail: string;
  /** The address that was asked for, without its query. */
  instance: string;
  /** The permissions, all of them wanted, of which one is missing. */
  missing?: readonly string[];
  errors?: Readonly<Record<string, readonly string[]>>;
  /** Of a fault: it stands in the log. */
  reference?: string;
};

type Refusal = ReturnType<typeof answerStatus> & {
  /** How whoever asked can show who they are; '' for not at all. */
  challenge: string;
  path: string;
};

/**
 * The answer to what a view raised for a program: `application/problem+json`, kept by no cache.
 * RFC 9457; RFC 6750 3
 */
export function problemResponse(error: unknown, refusal: Refusal): Response {
  const { status, text, retryAfter, allow, reference, challenge, path } = refusal;
  const [instance = ''] = path.split('?');
  const missing = error instanceof PermissionDenied && error.perms.length > 0 ? error.perms : null;
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: detailOf(error) || text.trim(),
    instance,
    ...(missing && { missing }),
    ...(error instanceof InvalidInput && { errors: error.errors }),
    ...(reference !== undefined && { reference }),
  };
  const headers = new Headers({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  });
  if (challenge !== '') headers.set('www-authenticate', challenge);
  if (allow !== undefined) headers.set('allow', allow);
  if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter));
  return new Response(JSON.stringify(problem), { status, headers });
}

// What a fault says of itself is nobody's business.
function detailOf(error: unknown): string {
  const isTold =
    error instanceof AuthenticationFailed ||
    error instanceof PermissionDenied ||
    error instanceof InvalidInput;
  return isTold ? error.message : '';
}
