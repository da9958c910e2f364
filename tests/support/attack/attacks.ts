import { readdirSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import path from 'node:path';
import { settings } from '@/lib/conf/settings';

const root = path.resolve(import.meta.dirname, '../../..');

/** One request that tries to get past the guards, and how it is disguised. */
export type Attack = {
  what: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer;
};

/** What came back. */
export type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

/** Every address under `app/` that has such a file; `[name]` stands for a value. */
export function addresses(
  values: Record<string, string>,
  kinds = /(^|\/)(page\.tsx|route\.ts)$/,
): string[] {
  const files = readdirSync(path.join(root, 'app'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => kinds.test(file))
    .map((file) => `/${path.dirname(file)}/`.replace('/./', '/').replace(/\/\([^/]+\)/g, ''))
    .map((address) => address.replace(/\[(?:\.{3})?(\w+)\]/g, (_all, name) => values[name] ?? '1'))
    .sort();
}

const PATHS: [what: string, disguise: (address: string) => string][] = [
  ['as it is', (a) => a],
  ['without the last slash', (a) => a.slice(0, -1) || '/'],
  ['.rsc', (a) => `${a.slice(0, -1)}.rsc`],
  ['index.rsc', (a) => `${a}index.rsc`],
  ['segment tree', (a) => `${a.slice(0, -1)}.segments/_tree.segment.rsc`],
  ['segment page', (a) => `${a.slice(0, -1)}.segments/__PAGE__.segment.rsc`],
  ['.txt', (a) => `${a}index.txt`],
  ['?_rsc', (a) => `${a}?_rsc=abc12`],
  ['dynamic parameter in the query', (a) => `${a}?nxtPid=1&nxtPpath=1&id=1`],
  ['doubled slash in front', (a) => `/${a}`],
  ['doubled slash within', (a) => a.replace(/(.)\//, '$1//')],
  ['encoded slash', (a) => a.replace(/(.)\/(.)/, '$1%2f$2')],
  ['encoded letter', (a) => a.replace(/d/, '%64')],
  ['doubly encoded letter', (a) => a.replace(/d/, '%2564')],
  ['upper case', (a) => a.toUpperCase()],
  ['dot segment', (a) => `/.${a}`],
  ['dot segments through a public page', (a) => `/accounts/login/../..${a}`],
  ['encoded dot segments', (a) => `/accounts/login/%2e%2e/%2e%2e${a}`],
  ['dot segments through static files', (a) => `/_next/static/../..${a}`],
  ['encoded dots through static files', (a) => `/_next/static/%2e%2e/%2e%2e${a}`],
  ['backslash', (a) => a.replace(/(.)\/(.)/, '$1\\$2')],
  ['a semicolon', (a) => a.replace(/\/$/, ';x=.svg/')],
  ['as if it were the icon', (a) => `${a}icon.svg`],
  ['a trailing NUL', (a) => `${a}%00`],
  ['a fragment', (a) => `${a}#/accounts/login/`],
];

const HEADERS: [what: string, headers: Record<string, string>][] = [
  ['RSC', { rsc: '1' }],
  ['prefetch', { rsc: '1', 'next-router-prefetch': '1' }],
  ['segment prefetch', { rsc: '1', 'next-router-segment-prefetch': '/_tree' }],
  ['segment prefetch of the page', { rsc: '1', 'next-router-segment-prefetch': '/__PAGE__' }],
  ['state tree', { rsc: '1', 'next-router-state-tree': '%5B%22%22%2C%7B%7D%5D' }],
  ['x-middleware-subrequest', { 'x-middleware-subrequest': Array(6).fill('middleware').join(':') }],
  ['x-middleware-subrequest (src)', { 'x-middleware-subrequest': 'src/middleware:middleware' }],
  ['x-middleware-next', { 'x-middleware-next': '1' }],
  ['x-middleware-prefetch', { 'x-middleware-prefetch': '1' }],
  ['x-middleware-rewrite', { 'x-middleware-rewrite': '/dashboard/' }],
  [
    'x-middleware-override-headers',
    {
      'x-middleware-override-headers': 'cookie',
      'x-middleware-request-cookie': 'gatehouse_session=x',
    },
  ],
  ['x-nextjs-data', { 'x-nextjs-data': '1' }],
  ['x-invoke-path', { 'x-invoke-path': '/accounts/login', 'x-invoke-status': '200' }],
  ['x-matched-path', { 'x-matched-path': '/accounts/login', 'x-now-route-matches': '1=a' }],
  ['x-original-url', { 'x-original-url': '/accounts/login/', 'x-rewrite-url': '/' }],
  ['another host', { host: 'evil.example' }],
  ['another forwarded host', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }],
  ['a made-up client address', { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1' }],
  ['a guessed relay', { 'x-gatehouse-relay': '0'.repeat(64), 'x-forwarded-host': 'evil.example' }],
  ['made-up messages', { 'x-gatehouse-messages': 'W10' }],
  ['preview mode', { cookie: '__prerender_bypass=x; __next_preview_data=y' }],
  ['browser prefetch', { 'sec-purpose': 'prefetch;prerender', purpose: 'prefetch' }],
];

const METHODS = ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Each address in each disguise of its path, its headers and its method. `build` is the id of the
 * build, which is no secret: each page tells it.
 */
export function disguises(address: string, build: string): Attack[] {
  const plain = { method: 'GET', headers: {} };
  const data = `/_next/data/${build}${address.slice(0, -1)}.json`;
  return [
    { ...plain, what: '.json', path: data },
    { ...plain, what: '.json as data', path: data, headers: { 'x-nextjs-data': '1' } },
    ...PATHS.map(([what, disguise]) => ({ ...plain, what, path: disguise(address) })),
    ...HEADERS.map(([what, headers]) => ({ ...plain, what, path: address, headers })),
    ...METHODS.map((method) => ({ ...plain, what: method, method, path: address })),
  ];
}

/** Send the path byte for byte: a browser, and `fetch`, would repair it first. */
export function send(origin: string, attack: Attack, cookie: string): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const headers: Record<string, string> = { accept: 'text/html', ...attack.headers };
  const cookies = [headers['cookie'], cookie].filter((part) => part);
  if (cookies.length > 0) headers['cookie'] = cookies.join('; ');
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, path: attack.path, method: attack.method, headers },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(attack.body);
  });
}

/**
 * Send, and go where the answer leads on this site, with the same disguise: who is only redirected to
 * what they asked for has got there. The way to sign-in is not followed.
 */
export async function follow(origin: string, attack: Attack, cookie: string): Promise<Answer> {
  let answer = await send(origin, attack, cookie);
  for (let hops = 0; hops < 3; hops += 1) {
    const { location } = answer.headers;
    if (!location || answer.status < 300 || answer.status > 399) return answer;
    const { pathname, search } = new URL(location, origin);
    if (pathname === settings.LOGIN_URL) return answer;
    const { headers, what } = attack;
    answer = await send(origin, { what, headers, method: 'GET', path: pathname + search }, cookie);
  }
  return answer;
}

/** So many of the items, drawn by lots with a seed: the same seed draws the same ones. */
export function draw<T>(items: readonly T[], count: number, seed: number): T[] {
  const random = seeded(seed);
  const lots = items.map((item) => ({ item, lot: random() }));
  const drawn = lots.sort((a, b) => a.lot - b.lot).slice(0, Math.max(count, 0));
  return drawn.map(({ item }) => item);
}

/** Do the work for every item, with so many workers at once. */
export async function inTurns<T>(
  workers: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const run = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: workers }, run));
}

// Park and Miller's generator: good enough for lots.
function seeded(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
