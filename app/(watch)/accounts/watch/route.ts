import { loginRequired } from '@/app/(watch)/guards';
import { eventStream } from '@/lib/extras/watch/event-stream';
import { sessionState } from '@/lib/extras/watch/session-states';

const NO_STORE = { headers: { 'cache-control': 'no-store' } };

export const GET = loginRequired.handler(async ({ session, headers }, { request }) => {
  const { id } = session;
  const state = id === null ? undefined : await sessionState(id);
  // Nothing can be told of who came without a session: the browser need not ask again.
  if (id === null || state === undefined) return new Response(null, { status: 204, ...NO_STORE });
  if (!headers.get('accept')?.includes('text/event-stream')) {
    return Response.json({ state }, NO_STORE);
  }
  const seen = headers.get('last-event-id') ?? new URL(request.url).searchParams.get('seen');
  const stream = eventStream({ id, state, seen }, request.signal);
  return stream ?? new Response('Ask again later.', { status: 503, ...NO_STORE });
});
