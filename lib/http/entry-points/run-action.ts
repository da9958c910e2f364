import { warning } from '@/lib/contrib/messages/api';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { unavailable } from '@/lib/db/faults';
import { type FormState, isFormState } from '@/lib/forms/forms';
import { answerStatus } from '@/lib/http/answer';
import { keepMessages } from '@/lib/http/messages';
import { logRefusal } from '@/lib/http/refusals';
import { unavailableForm } from '@/lib/http/refused-form';
import { type HttpRequest, readRequest } from '@/lib/http/request';
import { currentSource, isSentByScript } from '@/lib/http/source/current-source';
import { admit, type Check, committing, LoginRequired, markGuarded, tellWritten } from './admit';
import type { Action, ActionView } from './views';

const NOT_SENT =
  'You were signed out before this was sent, and nothing is saved. Sign in, then go back with your browser to what you typed and send it again.';

/** What an action was called with: a form, and the state that it was shown with if it has one. */
type Sent = { form: FormData; state?: FormState };

/** Make the action `view` behind `check`. */
export function runAction<U extends HttpRequest['user']>(
  check: Check<U>,
  view: ActionView<U>,
): Action {
  function entry(form: FormData): Promise<undefined>;
  function entry(state: FormState, form: FormData): Promise<FormState>;
  async function entry(...args: [FormData] | [FormState, FormData]) {
    markGuarded();
    const sent = readSent(args);
    if (!sent) return refuse(new SuspiciousOperation('No form calls this so.'));
    const shown = await answer(check, view, sent);
    return sent.state && (shown ?? sent.state);
  }
  return entry;
}

/** Whoever calls an action chooses its arguments: null for what no form of ours sends. */
function readSent(args: readonly unknown[]): Sent | null {
  const [first, second] = args;
  if (args.length === 1) return first instanceof FormData ? { form: first } : null;
  const isForm = args.length === 2 && second instanceof FormData && isFormState(first);
  return isForm ? { form: second, state: first } : null;
}

async function answer<U extends HttpRequest['user']>(
  check: Check<U>,
  view: ActionView<U>,
  { form, state }: Sent,
): Promise<FormState | undefined> {
  const source = currentSource();
  let known: HttpRequest | undefined;
  try {
    known = await readRequest('action');
    const request = await admit(check, known);
    const shown = await committing(request, async () => view(request, form));
    return isFormState(shown) ? shown : undefined;
  } catch (error) {
    await tellWritten(known);
    source.rethrow(error);
    if (error instanceof LoginRequired) {
      if (known) await tellNotSent(known, error.notSent);
      await error.prepare?.();
      return source.redirect(error.location);
    }
    const busy = state && unavailableForm(error, form);
    if (busy) return busy;
    await logRefusal(error, known);
    return refuse(unavailable(error) ?? error);
  }
}

// With scripts the sign-in page says more: what became of the text.
async function tellNotSent({ messages }: HttpRequest, reason?: string): Promise<void> {
  if (reason === undefined && isSentByScript()) return;
  warning({ messages }, reason ?? NOT_SENT);
  await keepMessages(messages);
}

// The page is rendered in the same response: it answers for the action, whole, in the page's place.
function refuse(error: unknown): undefined {
  const source = currentSource();
  const notes = source.notes();
  if (notes) notes.raised = error;
  const { status, retryAfter, reference } = answerStatus(error);
  source.setStatus(status, retryAfter);
  // The form in the browser stays for these; for others the page that answers comes in its place.
  if (status >= 429) source.setHeader('X-Action-Refused', reference ?? 'later');
  source.refresh();
}
