import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Files by which Next.js makes one of its metadata routes at the root, and where that is served. */
const METADATA = [
  [
    /^(favicon\.ico|(?:icon|apple-icon|opengraph-image|twitter-image)\d?\.(?:ico|gif|jpe?g|png|svg))$/,
    '$1',
  ],
  [/^(icon|apple-icon|opengraph-image|twitter-image)\d?\.[jt]sx?$/, '$1'],
  [/^robots\.(?:txt|[jt]s)$/, 'robots.txt'],
  [/^sitemap\.(?:xml|[jt]s)$/, 'sitemap.xml'],
  [/^manifest\.(?:webmanifest|[jt]s)$/, 'manifest.webmanifest'],
  [/^(manifest\.json)$/, '$1'],
];

/**
 * The addresses of what everybody may have: each file of `public/`, and what Next.js makes of the files
 * of `app/` that tell programs about the site (icons, robots, sitemap, manifest).
 */
export function publicFiles(root) {
  const folder = path.join(root, 'public');
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    : [];
  const app = path.join(root, 'app');
  const routes = (existsSync(app) ? readdirSync(app) : []).flatMap((name) => {
    const found = METADATA.find(([pattern]) => pattern.test(name));
    return found ? [name.replace(...found)] : [];
  });
  return [...files, ...routes].map((file) => `/${file.split(path.sep).join('/')}`).sort();
}
