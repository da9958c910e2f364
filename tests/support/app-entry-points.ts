import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { APPS } from '@/lib/apps/declared';
import { repositoryRoot } from './sources';

const VALUES: Readonly<Record<string, string>> = { app: 'auth', model: 'group', id: '1' };
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** One export that Next.js calls, ready to be called as it would be. */
export type AppEntryPoint = { name: string; method: string; call: () => Promise<unknown> };

/** Every page, handler and action in the route group of an app. */
export async function entryPointsOf(label: string): Promise<AppEntryPoint[]> {
  const group = path.join(repositoryRoot, 'app', `(${label})`);
  const files = readdirSync(group, { recursive: true, encoding: 'utf8' }).toSorted();
  const found = files
    .filter((file) => /(^|\/)(page\.tsx|route\.ts|actions\.ts)$/.test(file))
    .map(async (file) => {
      const module = await import(pathToFileURL(path.join(group, file)).href);
      return Object.keys(module).map((name) => entryPoint(file, name, module[name]));
    });
  return (await Promise.all(found)).flat();
}

function entryPoint(
  file: string,
  name: string,
  entry: (...args: unknown[]) => Promise<unknown>,
): AppEntryPoint {
  const names = [...file.matchAll(/\[(\w+)\]/g)].map(([, each = '']) => each);
  const params = Promise.resolve(Object.fromEntries(names.map((each) => [each, VALUES[each]])));
  const about = `${file} ${name}`;
  if (name === 'default') {
    const searchParams = Promise.resolve({});
    return { name: about, method: 'GET', call: () => entry({ params, searchParams }) };
  }
  if (METHODS.includes(name)) {
    const request = new Request('http://localhost:3000/', { method: name });
    return { name: about, method: name, call: () => entry(request, { params }) };
  }
  return { name: about, method: 'POST', call: () => entry(new FormData()) };
}

/** An app and every other that cannot be in without it. */
export function withDependents(label: string): string[] {
  const out = new Set([label]);
  for (let size = 0; size < out.size; ) {
    size = out.size;
    for (const app of APPS) if (app.requires?.some((needed) => out.has(needed))) out.add(app.label);
  }
  return [...out];
}
