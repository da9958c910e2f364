import path from 'node:path';
import { expect, it } from 'vitest';
import { isNode, type Node, parseSource, readSource, sourceFiles } from '@/tests/support/sources';

const files = ['app', 'components', 'lib'].flatMap((folder) => sourceFiles(folder));
const known = new Set(files);

/** What a module loads: imports and re-exports of values. What an action's file holds stays behind. */
function loadedBy(file: string): string[] {
  const source = readSource(file);
  if (/^'use server';/m.test(source)) return [];
  const body = parseSource(source)['body'];
  return (Array.isArray(body) ? body : []).filter(isNode).flatMap((node) => {
    const from = isNode(node['source']) ? node['source']['value'] : undefined;
    if (typeof from !== 'string' || isOfTypes(node)) return [];
    const folder = path.posix.dirname(file);
    const base = from.startsWith('@/') ? from.slice(2) : path.posix.join(folder, from);
    return ['', '.ts', '.tsx', '/index.ts'].map((end) => base + end).filter((n) => known.has(n));
  });
}

function isOfTypes(node: Node): boolean {
  const kind = node['importKind'] ?? node['exportKind'];
  const names = node['specifiers'];
  const isOnlyTypes =
    Array.isArray(names) &&
    names.length > 0 &&
    names.filter(isNode).every((each) => (each['importKind'] ?? each['exportKind']) === 'type');
  return kind === 'type' || isOnlyTypes;
}

/** The way from a file to another by what is loaded, or null. */
function wayTo(target: string, from: string): string[] | null {
  const ways = [[from]];
  const seen = new Set([from]);
  for (let way = ways.shift(); way; way = ways.shift()) {
    for (const next of loadedBy(way.at(-1) ?? '')) {
      if (next === target) return [...way, next];
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return null;
}

const client = files.filter((file) => /^'use client';/m.test(readSource(file)));

it('no component of the browser loads the settings, which are for the server', () => {
  expect(client.length).toBeGreaterThan(20);
  const ways = client.flatMap((file) => wayTo('lib/conf/settings.ts', file) ?? []);
  expect(ways).toEqual([]);
});

it('would see one that does', () => {
  expect(wayTo('lib/conf/settings.ts', 'components/pages/bad-request.tsx')).toEqual([
    'components/pages/bad-request.tsx',
    'components/pages/document-title.ts',
    'lib/conf/settings.ts',
  ]);
});
