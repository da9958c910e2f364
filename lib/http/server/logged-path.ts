import { publicPaths } from '@/lib/apps/installed';

const LONGEST_NAME = 32;

/**
 * The path of an address as a log may hold it: without its query, and without what is secret in it.
 * Where a stranger may come with a token in the address, that of a mail say, the path that the app has
 * declared stands for it; else a segment that is long enough to be one is cut out.
 */
export function loggedPath(url: string): string {
  const [path = ''] = url.split(/[?#]/);
  const segments = path.split('/');
  const last = segments.at(-1) === '' ? segments.slice(0, -1) : segments;
  const declared = publicPaths().find((pattern) => {
    const wanted = pattern.split('/').slice(0, -1);
    if (wanted.length !== last.length || !pattern.includes(':')) return false;
    return wanted.every((part, i) => part.startsWith(':') || part === last[i]);
  });
  if (declared !== undefined) return declared;
  return segments.map((part) => (part.length > LONGEST_NAME ? '…' : part)).join('/');
}
