import { AsyncResource } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';

/** Bytes of a body that nobody wants which are read, so that its sender gets to the answer. */
const MOST_READ = 16 * 1024 * 1024;

/**
 * Hold a request back until its body has arrived, and call `done` once with whether that is at most
 * `limit` bytes long. Whoever reads the request then finds such a body as it came, and of a longer
 * one nothing. Never called if the client goes away first.
 */
export function whenRead(
  request: IncomingMessage,
  limit: number,
  done: (isWithin: boolean) => void,
): void {
  const push = request.push.bind(request);
  let chunks: Buffer[] = [];
  let size = 0;
  let isDone = false;
  // The last piece comes by the connection, which knows nothing of the exchange.
  const finish = AsyncResource.bind(() => {
    if (isDone) return;
    isDone = true;
    if (size <= limit) request.push = push;
    for (const chunk of chunks) push(chunk);
    done(size <= limit);
  });
  request.push = (chunk: Buffer | null) => {
    if (chunk === null) {
      finish();
      return push(null);
    }
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else chunks = [];
    if (size > MOST_READ) finish();
    return true;
  };
}
