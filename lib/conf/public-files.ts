import { env } from './env';

const files = new Map<string, ReadonlySet<string>>();

/**
 * Whether an address is that of a file which everybody may have: one of `public/`, or an icon, the
 * manifest, robots or sitemap that Next.js makes of a file in `app/`. Known since the build.
 * Django: STATIC_URL, which the web server serves
 */
export function isPublicFile(pathname: string): boolean {
  const list = env.PUBLIC_FILES;
  const known = files.get(list) ?? new Set<string>(JSON.parse(list));
  files.set(list, known);
  const decoded = decode(pathname);
  return known.has(decoded) || known.has(decoded.replace(/\/$/, ''));
}

function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
