import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from '../sources';

type Called = (...args: unknown[]) => Promise<unknown>;

/** What answers at an address: the function that Next.js calls, and the parts of the address for it. */
export type EntryAt = { kind: 'page' | 'handler'; call: Called; params: Record<string, string> };

type Route = { file: string; segments: string[] };

const app = path.join(repositoryRoot, 'app');

const routes: Route[] = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .map((name) => name.split(path.sep).join('/'))
  .filter((name) => /(^|\/)(page\.tsx|route\.ts)$/.test(name))
  .map((file) => ({
    file,
    segments: file.split('/').filter((part) => !/^\(.*\)$|^(page|route)\.tsx?$/.test(part)),
  }));

/**
 * Find what a GET of this address comes to, as Next.js does: a part that is written out goes before one that
 * stands for any. Throws where there is nothing.
 */
export async function entryAt(pathname: string): Promise<EntryAt> {
  const parts = pathname.split('/').filter(Boolean);
  const [found] = routes.filter(({ segments }) => fits(segments, parts)).sort(writtenOutFirst);
  if (!found) throw new Error(`Nothing answers at ${pathname}.`);
  const module = await import(pathToFileURL(path.join(app, found.file)).href);
  const named = found.segments.flatMap((segment, i) =>
    isNamed(segment) ? [[segment.slice(1, -1), parts[i] ?? ''] as const] : [],
  );
  const isPage = found.file.endsWith('page.tsx');
  return {
    kind: isPage ? 'page' : 'handler',
    call: isPage ? module.default : module.GET,
    params: Object.fromEntries(named),
  };
}

const isNamed = (segment: string) => segment.startsWith('[');

function fits(segments: readonly string[], parts: readonly string[]): boolean {
  return (
    segments.length === parts.length &&
    segments.every((segment, i) => segment === parts[i] || /^\[\w+\]$/.test(segment))
  );
}

function writtenOutFirst(one: Route, other: Route): number {
  const at = one.segments.findIndex(
    (segment, i) => isNamed(segment) !== isNamed(other.segments[i] ?? ''),
  );
  return at < 0 ? 0 : Number(isNamed(one.segments[at] ?? '')) * 2 - 1;
}
