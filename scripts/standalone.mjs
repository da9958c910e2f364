// Puts all that a machine needs to serve and to `manage` into a folder, after
// `NEXT_STANDALONE=1 npm run build`: node scripts/standalone.mjs FOLDER
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fail, root } from './ensure.mjs';

/** What `manage` is made of, beside what Next.js has traced for the server. */
const SOURCES = [
  ...['lib', 'prisma', 'scripts', 'manage.ts', 'package.json', 'prisma.config.ts', 'tsconfig.json'],
];
/** Of the dependencies, what only draws pages or builds. */
const NOT_FOR_MANAGE =
  /^(next|react|react-dom|prisma|tailwindcss|typescript|@prisma\/generator-helper|@simplewebauthn\/browser|@(fontsource.*|tailwindcss|types)\/.*)$/;

/** Of these, which are large, only what a command of ours comes by. */
const MODULES = [
  ...['next/cache', 'next/headers', 'next/navigation', 'next/server'],
  ...['react', 'react/jsx-runtime', 'react-dom', 'react-dom/server'],
];

/** Engines for databases that this site does not know, and what only a person reads. */
const LEFT_OUT = /\.(mysql|sqlserver|cockroachdb)\.|\.(map|md|d\.ts|d\.mts)$/;

const target = process.argv[2];
const traced = path.join(root, '.next/standalone');
if (!target) fail('Name the folder: node scripts/standalone.mjs FOLDER');
if (!existsSync(traced)) fail('There is no .next/standalone; run: NEXT_STANDALONE=1 npm run build');

// Beside a developer's settings, the programs that resize pictures: the site resizes none.
const NOT_SERVED = /^\.env|^node_modules\/(@img|sharp)(\/|$)/;
copy(traced, '.', (file) => !NOT_SERVED.test(path.relative(traced, file)));
for (const name of ['.next/static', '.next/compressed', 'public'])
  copy(path.join(root, name), name);
for (const name of SOURCES) copy(path.join(root, name), name);
for (const name of withDependencies(packagesOfManage())) {
  const folder = path.join('node_modules', name);
  copy(path.join(root, folder), folder, (file) => !LEFT_OUT.test(file));
}
for (const file of await filesOf(MODULES)) copy(path.join(root, file), file);

/** The files that these modules are read from, as Next.js itself traces them. */
async function filesOf(modules) {
  const require = createRequire(import.meta.url);
  const { nodeFileTrace } = require('next/dist/compiled/@vercel/nft');
  const { fileList } = await nodeFileTrace(
    modules.map((name) => require.resolve(name)),
    { base: root },
  );
  return fileList;
}

function copy(from, name, filter = () => true) {
  if (existsSync(from)) cpSync(from, path.join(target, name), { recursive: true, filter });
}

/** What our own code names, and what compiled code of Next.js asks for. */
function packagesOfManage() {
  const { dependencies, optionalDependencies } = JSON.parse(
    readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  const named = Object.keys({ ...dependencies, ...optionalDependencies });
  return [...named.filter((name) => !NOT_FOR_MANAGE.test(name)), '@swc/helpers'];
}

/** These packages and all that they need, as far as they are installed here. */
function withDependencies(names, found = new Set()) {
  for (const name of names) {
    const manifest = path.join(root, 'node_modules', name, 'package.json');
    if (found.has(name) || !existsSync(manifest)) continue;
    found.add(name);
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync(manifest, 'utf8'));
    withDependencies(Object.keys({ ...dependencies, ...optionalDependencies }), found);
  }
  return found;
}
