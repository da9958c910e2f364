import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Settings } from '@/lib/conf/global-settings';
import { overrideSettings } from '@/lib/conf/settings';
import { currentExchange } from '@/lib/http/server/exchange';

/** What reaches Next.js, in whose place a listener tells what it sees. */
type Seen = {
  method: string | undefined;
  url: string | undefined;
  refused: number | undefined;
  body: string;
  headers: Record<string, unknown>;
};

type Sent = {
  headers?: Record<string, string>;
  body?: string[];
  /** Sent on the same connection once the answer begins. */
  next?: string;
  changed?: Partial<Settings>;
};

type Bare = { status: number; body: string; type?: string };

/**
 * A server of Node's on a free port whose listener answers as `bare` says, and what it saw since the
 * last request. `ask` sends one byte for byte, `head` being its first line, under settings changed.
 */
export async function openDoor(settings: Partial<Settings>) {
  const door = {
    seen: [] as Seen[],
    bare: (): Bare => ({ status: 200, body: 'page' }),
    ask,
    close,
  };
  const server = createServer(async (request, response) => {
    const refused = currentExchange()?.refused;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method, url, headers } = request;
    door.seen.push({ method, url, refused, body: Buffer.concat(chunks).toString(), headers });
    const { status, body, type } = door.bare();
    response.statusCode = status;
    if (type) response.setHeader('content-type', type);
    response.end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return door;

  async function ask(
    head: string,
    { headers = {}, body = [], next = '', changed = {} }: Sent = {},
  ) {
    door.seen = [];
    const all = { host: 'testserver', connection: 'close', ...headers };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
    const { port } = server.address() as AddressInfo;
    const text = await overrideSettings({ ...settings, ...changed }, async () => {
      const socket = connect(port, '127.0.0.1');
      socket.write([`${head} HTTP/1.1`, ...lines, '', body.join('')].join('\r\n'));
      const chunks: Buffer[] = [];
      for await (const chunk of socket) {
        if (chunks.length === 0 && next !== '') socket.write(next);
        chunks.push(chunk as Buffer);
      }
      return Buffer.concat(chunks).toString();
    });
    const [start = '', ...rest] = text.split('\r\n\r\n');
    const [first = '', ...fields] = start.split('\r\n');
    return {
      status: Number(first.split(' ')[1]),
      headers: new Headers(fields.map((line) => line.split(': ') as [string, string])),
      body: rest.join('\r\n\r\n'),
    };
  }

  function close(): void {
    server.close();
  }
}
