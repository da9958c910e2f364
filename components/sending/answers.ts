import { underWay } from '@/components/sending/under-way';

/** Why a form was not saved, as far as its browser can tell. */
export type Failure = {
  kind:
    | 'offline'
    | 'unreachable'
    | 'late'
    | 'busy'
    | 'failed'
    | 'too large'
    | 'renewed'
    | 'strange';
  /** What stands in the server's log, if it said. */
  reference?: string;
};

/** How long an action may take before its form is given back, in milliseconds. */
const PATIENCE = 60_000;

const REFUSED_HEADER = 'x-action-refused';
const REDIRECT_HEADER = 'x-action-redirect';
const BUSY = new Set([429, 502, 503, 504]);

class FailedAnswer extends Error {
  override name = 'FailedAnswer';
  constructor(readonly failure: Failure) {
    super(`The answer to a form was not usable: ${failure.kind}.`);
  }
}

/**
 * Have the answers to Next's own action requests looked at before Next does: it tells an action
 * neither the status nor a page in the place of an answer, and would draw a fault of the server where
 * the form stands.
 */
export function watchAnswers(): void {
  const send = window.fetch;
  window.fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    if (init?.method !== 'POST' || !headers.has('next-action')) return send(input, init);
    const patience = new AbortController();
    const late = () => patience.abort(new DOMException('No answer came.', 'TimeoutError'));
    const timer = setTimeout(late, PATIENCE);
    const response = await underWay(() => send(input, { ...init, signal: patience.signal }));
    const failure = failureOf(response);
    if (failure) throw new FailedAnswer(failure);
    // What still comes is the page that it leads to, as slowly as pages come.
    if (response.headers.has(REDIRECT_HEADER)) clearTimeout(timer);
    return response;
  };
}

/** What an action's error says about why there was no answer. */
export function causeOf(error: unknown): Failure {
  if (error instanceof FailedAnswer) return error.failure;
  if (error instanceof DOMException && error.name === 'TimeoutError') return { kind: 'late' };
  if (error instanceof TypeError) return { kind: navigator.onLine ? 'unreachable' : 'offline' };
  return { kind: 'failed' };
}

function failureOf(response: Response): Failure | null {
  const { status, headers } = response;
  if (status === 413) return { kind: 'too large' };
  if (status === 409 || headers.get('x-nextjs-action-not-found') === '1') {
    return { kind: 'renewed' };
  }
  // A form that is told to wait is an answer, whatever its status.
  const refused = headers.get(REFUSED_HEADER);
  const isAnswer = headers.get('content-type')?.startsWith('text/x-component') ?? false;
  if (headers.has(REDIRECT_HEADER) || (isAnswer && refused === null)) return null;
  if (BUSY.has(status)) return { kind: 'busy' };
  if (status >= 500) return { kind: 'failed', ...(refused && { reference: refused }) };
  return { kind: 'strange' };
}
