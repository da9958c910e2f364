import { readdirSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import path from 'node:path';

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

/** Every address under `app/` that has a page or a route handler; `[name]` stands for a value. */
export function addresses(values: Record<string, string>): string[] {
  const files = readdirSync(path.join(root, 'app'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file))
    .map((file) => `/${path.dirname(file)}/`.replace('/./', '/'))
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
  ['.json', (a) => `/_next/data/build${a.slice(0, -1)}.json`],
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
  ['backslash', (a) => a.replaceAll('/', '\\')],
  ['a semicolon', (a) => a.replace(/\/$/, ';x=.svg/')],
  ['as if it were the icon', (a) => `${a}icon.svg`],
  ['a trailing NUL', (a) => `${a}%00`],
  ['a fragment', (a) => `${a}#/accounts/login/`],
];

const HEADERS: [what: string, headers: Record<string, string>][] = [
  ['RSC', { rsc: '1' }],
  ['prefetch', { rsc: '1', 'next-router-prefetch': '1' }],
  ['segment prefetch', { rsc: '1', 'next-router-segment-prefetch': '/_tree' }],
  ['state tree', { rsc: '1', 'next-router-state-tree': '%5B%22%22%2C%7B%7D%5D' }],
  ['x-middleware-subrequest', { 'x-middleware-subrequest': Array(6).fill('middleware').join(':') }],
  ['x-middleware-subrequest (src)', { 'x-middleware-subrequest': 'src/middleware:middleware' }],
  ['x-middleware-next', { 'x-middleware-next': '1', 'x-middleware-prefetch': '1' }],
  ['x-middleware-rewrite', { 'x-middleware-rewrite': '/dashboard/' }],
  [
    'x-middleware-override-headers',
    { 'x-middleware-override-headers': 'cookie', 'x-middleware-request-cookie': 'sessionid=x' },
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

/** Each address in each disguise of its path, its headers and its method. */
export function disguises(address: string): Attack[] {
  const plain = { method: 'GET', headers: {} };
  return [
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
