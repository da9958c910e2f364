import type { RequestUser } from '@/lib/contrib/auth/models';
import { emptyFormState, type FormState } from '@/lib/forms/forms';
import type { Guard } from '@/lib/http/entry-points/guard';
import type { HttpRequest } from '@/lib/http/request';
import type { Notes } from '@/lib/http/source/request-source';
import { type Answer, answerOf } from '@/tests/support/plain-source';

export const ORIGIN = 'http://localhost:3000';
const ADDRESS = '/private/?a=1';
export const SIGN_IN = '/accounts/login/?next=/private/%3Fa%3D1';

/** The ways in: an action is called by a plain form, or by one that React holds the state of. */
export const KINDS = ['page', 'action', 'form', 'handler'] as const;
export type Kind = (typeof KINDS)[number];

/** What a form was shown with. */
export const SHOWN: FormState = { ...emptyFormState, values: { name: 'typed' } };

/** What the view behind each kind of entry point answers with. */
const INSIDE = { ...emptyFormState, values: { name: 'inside' } };

/** Who asks, and how. What is not given is as a browser does it from a page of ours. */
export type Asking = {
  cookie?: string;
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  notes?: Notes;
};

/**
 * Entry points of each kind behind a guard, around one view: it does what `work` says and remembers
 * the requests that reached it.
 */
export function probe(
  guard: Guard<RequestUser>,
  work: (request: HttpRequest) => unknown = () => undefined,
) {
  const reached: HttpRequest[] = [];
  const view = async <T>(request: HttpRequest, answer: T): Promise<T> => {
    reached.push(request);
    await work(request);
    return answer;
  };
  const page = guard.page(({ request }) => view(request, 'inside'));
  const plain = guard.action(async (request): Promise<void> => view(request, undefined));
  const form = guard.action((request) => view(request, INSIDE));
  const handler = guard.handler((request) => view(request, new Response('inside')));
  const address = { params: Promise.resolve({}), searchParams: Promise.resolve({}) };
  const calls: Record<Kind, (request: Request) => Promise<unknown>> = {
    page: () => page(address),
    action: () => plain(new FormData()),
    form: () => form(SHOWN, new FormData()),
    handler: (request) => handler(request, address),
  };

  /** Ask for the entry point of a kind; whether the view ran is what counts, and with what answer. */
  async function ask(
    kind: Kind,
    asking: Asking = {},
  ): Promise<Answer & { ran: boolean; user: string }> {
    const request = requestOf(kind, asking);
    reached.length = 0;
    const name = kind === 'form' ? 'action' : kind;
    const answer = await answerOf(request, name, () => calls[kind](request), asking.notes);
    const [first] = reached;
    return { ...answer, ran: reached.length === 1, user: first ? nameOf(first.user) : '' };
  }
  return { ask, plain, form };
}

/** The request that a browser makes: it sends forms from our own page, and asks for pages. */
export function requestOf(kind: Kind, asking: Asking): Request {
  const isSent = kind === 'action' || kind === 'form';
  const { cookie = '', method = isSent ? 'POST' : 'GET', path = ADDRESS, headers } = asking;
  const own: Record<string, string> = headers ?? { origin: ORIGIN };
  return new Request(`${ORIGIN}${path}`, {
    method,
    headers: { host: new URL(ORIGIN).host, ...(cookie && { cookie }), ...own },
  });
}

function nameOf(user: RequestUser): string {
  return user.isAuthenticated ? user.getUsername() : 'nobody';
}
