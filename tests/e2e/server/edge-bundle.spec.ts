import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures';

const root = path.resolve(import.meta.dirname, '../../..');
const chunks = path.join(root, '.next/server/edge/chunks');

/**
 * What the middleware needs besides Next.js: iron-session and what that needs. Next.js itself takes the
 * API of OpenTelemetry from where one is installed, as the client of Prometheus has it.
 */
const PACKAGES = [
  '@opentelemetry/api',
  'cookie',
  'iron-session',
  'iron-webcrypto',
  'next',
  'uncrypto',
];

/** The modules of Node that the Edge runtime has itself, and Next.js asks for. */
const EDGE_RUNTIME_HAS = ['node:async_hooks', 'node:buffer'];

/** Files of ours that ask the database, hash passwords or stand outside the middleware's layers. */
const NEEDS_NODE =
  /generated|lib\/(db|admin|contenttypes|articles)\/|models|hashers|backends|store\.ts/;

type SourceMap = { sources?: string[]; sections?: { map: SourceMap }[] };

function sourcesIn({ sources = [], sections = [] }: SourceMap): string[] {
  return [...sources, ...sections.flatMap(({ map }) => sourcesIn(map))];
}

function filesThatEnd(end: string): string[] {
  const names = readdirSync(chunks).filter((name) => name.endsWith(end));
  return names.map((name) => readFileSync(path.join(chunks, name), 'utf8'));
}

test('the Edge bundle holds no Node module, no Prisma, no bcrypt and no query', {
  tag: '@no-javascript-only',
}, () => {
  const sources = [
    ...new Set(filesThatEnd('.js.map').flatMap((map) => sourcesIn(JSON.parse(map)))),
  ];
  const packages = sources.flatMap(
    (source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(decodeURIComponent(source))?.[1] ?? [],
  );
  expect.soft([...new Set(packages)].sort()).toEqual(PACKAGES);
  const own = sources.flatMap(
    (source) => /^(?!.*node_modules).*\/(lib\/.*)/.exec(source)?.[1] ?? [],
  );
  expect.soft(own).toContain('lib/contrib/auth/middleware.ts');
  expect.soft(own.filter((source) => NEEDS_NODE.test(source))).toEqual([]);
  const code = filesThatEnd('.js').join('\n');
  const external = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
  expect.soft([...new Set(external)].sort()).toEqual(EDGE_RUNTIME_HAS);
  expect.soft(code.match(/bcryptjs|PrismaClient|\$queryRaw/)).toBeNull();
});
