import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures';

const root = path.resolve(import.meta.dirname, '../..');
const chunks = path.join(root, '.next/server/edge/chunks');

/** What the middleware needs besides Next.js: iron-session and what that needs. */
const PACKAGES = ['cookie', 'iron-session', 'iron-webcrypto', 'next', 'uncrypto'];

/** The modules of Node that the Edge runtime has itself, and Next.js asks for. */
const EDGE_RUNTIME_HAS = ['node:async_hooks', 'node:buffer'];

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
  const names = sources.map(
    (source) => /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules)/.exec(source)?.[1],
  );
  expect([...new Set(names.filter((name) => name !== undefined))].sort()).toEqual(PACKAGES);
  const own = sources.filter(
    (source) => /(^|\/)(lib|app|components)\//.test(source) && !source.includes('node_modules'),
  );
  expect(own.length).toBeGreaterThan(15);
  expect(
    own.filter(
      (source) => !/\/lib\/(conf|core|sessions|messages|auth|http)\/[^/]+(\/[^/]+)?$/.test(source),
    ),
  ).toEqual([]);
  expect(
    own.filter((source) => /models|hashers|backends|load-session|\/store\.|generated/.test(source)),
  ).toEqual([]);
  const code = filesThatEnd('.js').join('\n');
  const external = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
  expect([...new Set(external)].sort()).toEqual(EDGE_RUNTIME_HAS);
  expect(code.match(/bcryptjs|PrismaClient|\$queryRaw/)).toBeNull();
});
