import { type WatchEvent, type Watcher, watchSession } from './watchers';

/** Milliseconds between two comments, which keep proxies from taking the connection for dead. */
const BEAT = 15_000;

const encoder = new TextEncoder();

/**
 * What happens to a session, as server-sent events: first `watching`, then `changed` or `ended`, each
 * without data, under an id with which the stream can be taken up again. `state` is how the session
 * stands; where the browser last saw it as `seen`, what has changed since is told at once. `signal` is
 * the request's. Null if no more streams are kept, or the browser has left.
 * WHATWG HTML, section 9.2, server-sent events
 */
export function eventStream(
  { id, state, seen }: { id: number; state: string; seen: string | null },
  signal: AbortSignal,
): Response | null {
  if (signal.aborted) return null;
  const parts: Uint8Array[] = [];
  let stream: ReadableStreamDefaultController<Uint8Array> | null = null;
  const send = (text: string) => {
    if (stream) stream.enqueue(encoder.encode(text));
    else parts.push(encoder.encode(text));
  };
  const watcher: Watcher = {
    tell: (event, at) => send(eventText(event, at)),
    close: () => {
      stop();
      stream?.close();
    },
  };
  const leave = watchSession(id, state, watcher);
  if (!leave) return null;
  const beat = setInterval(() => send(':\n\n'), BEAT).unref();
  const stop = () => {
    clearInterval(beat);
    leave();
    signal.removeEventListener('abort', watcher.close);
  };
  // A body of which nothing has been read when the browser leaves, Next.js does not cancel.
  signal.addEventListener('abort', watcher.close, { once: true });
  send(`retry: 1000\n${eventText(seen && seen !== state ? 'changed' : 'watching', state)}`);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      stream = controller;
      for (const part of parts) controller.enqueue(part);
    },
    cancel: stop,
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      // A proxy that packs the stream or waits for its end would hold back what it says.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}

function eventText(event: WatchEvent | 'watching', state: string): string {
  return `id: ${state}\nevent: ${event}\ndata:\n\n`;
}
