import { readCookies } from '@/lib/core/cookies';
import { type CookieOptions, serializeCookie } from '@/lib/core/request-headers';
import { withRequestSource } from '@/lib/http/source/current-source';
import { nextSource } from '@/lib/http/source/next-source';
import type { Notes, RequestSource } from '@/lib/http/source/request-source';

/** What came of a request: its status, where it leads, and everything else that an answer has. */
export type Answer = {
  status: number;
  location: string | null;
  /** What the entry point returned: a page's elements, an action's state, a handler's response. */
  value: unknown;
  headers: Headers;
  /** The cookies that were set, by name; '' for one that is to go. */
  cookies: ReadonlyMap<string, string>;
  /** What the page behind an action finds. */
  notes: Notes;
  isRefreshed: boolean;
};

/** What Next.js answers with where a page, an action or a handler leads elsewhere. */
const REDIRECTS = { page: 307, action: 303, handler: 307 } as const;

/**
 * Answer a plain request with an entry point, the very function that Next.js calls, without a server:
 * `call` calls it, after what `notes` says was found before. What it leaves for after the answer is
 * done before this resolves.
 */
export async function answerOf(
  request: Request,
  kind: keyof typeof REDIRECTS,
  call: () => Promise<unknown>,
  notes: Notes = {},
): Promise<Answer> {
  const { source, answer, later } = plainSource(request, notes);
  try {
    answer.value = await withRequestSource(source, call);
    if (answer.value instanceof Response) {
      answer.status = answer.value.status;
      answer.location = answer.value.headers.get('location');
    }
  } catch (error) {
    const location = redirectOf(error);
    if (location === null) throw error;
    Object.assign(answer, { status: REDIRECTS[kind], location });
  }
  for (const task of later) await withRequestSource(source, async () => task());
  return answer;
}

function plainSource(request: Request, notes: Notes) {
  const { pathname, search } = new URL(request.url);
  const set = new Map<string, string>();
  const later: (() => unknown)[] = [];
  const answer: Answer = {
    status: 200,
    location: null,
    value: undefined,
    headers: new Headers(),
    cookies: set,
    notes,
    isRefreshed: false,
  };
  const jar = {
    get(name: string) {
      const value = set.get(name) ?? readCookies(request.headers, name)[0];
      return value === undefined ? undefined : { value };
    },
    set(name: string, value: string, options: CookieOptions) {
      set.set(name, value);
      answer.headers.append('set-cookie', serializeCookie(name, value, options));
    },
  };
  const source: RequestSource = {
    // Its ways to end a view are exceptions, which need no request.
    ...nextSource,
    headers: async () => request.headers,
    cookies: async () => jar,
    incoming: () => ({
      method: request.method,
      url: pathname + search,
      remoteUser: null,
      header: (name) => request.headers.get(name) ?? undefined,
    }),
    notes: () => notes,
    setStatus(status, retryAfter) {
      answer.status = status;
      if (retryAfter !== undefined) answer.headers.set('retry-after', String(retryAfter));
      return true;
    },
    setHeader: (name, value) => answer.headers.set(name, value),
    appendHeader: (name, value) => answer.headers.append(name, value),
    refresh() {
      answer.isRefreshed = true;
    },
    after: (task) => void later.push(task),
  };
  return { source, answer, later };
}

function redirectOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('digest' in error)) return null;
  const [kind, , location = ''] = String(error.digest).split(';');
  return kind === 'NEXT_REDIRECT' ? location : null;
}
