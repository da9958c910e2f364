// What everything else needs: the packages, the generated clients, the build. Each is made only if
// it is missing or older than what it is made from. Plain Node: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inProduction, loadDotEnv, readDotEnv } from './dot-env.mjs';
import { writeBuiltSettings } from './serve/built-settings.mjs';
import { writeCompressedAssets } from './serve/compressed-assets.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** What `next build` reads. */
const BUILD_INPUTS = [
  'app',
  'components',
  'lib',
  'prisma/schema',
  'prisma/schema.prisma',
  'public',
  'instrumentation.ts',
  'middleware.ts',
  'next.config.mjs',
  'package-lock.json',
  'postcss.config.mjs',
  'tsconfig.build.json',
  'tsconfig.json',
];
const buildStamp = path.join(root, '.next/.gatehouse-build');

/** Exit with one sentence. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Read `.env`, or exit with what is wrong with it. */
export function loadEnvironment() {
  try {
    loadDotEnv(root);
  } catch (error) {
    fail(error.message);
  }
}

/** PORT, from `.env` too; exits unless it is one. */
export function portOf() {
  const port = Number(process.env.PORT || 3000);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  return fail(`PORT is "${process.env.PORT}"; set it to a number from 1 to 65535.`);
}

/** Exit where the path of the clone holds what the tools of the build read as something else. */
export function checkFolder() {
  const found = unreadableIn(root);
  if (found) {
    fail(`The build cannot read the "${found}" in ${root}; move the folder, or rename it.`);
  }
}

/** The first part of a path that the tools of the build cannot read, or null. */
export function unreadableIn(folder) {
  return /[#?*]|%(?![\da-f]{2})/i.exec(path.sep === '/' ? folder : '')?.[0] ?? null;
}

/** Exit unless this Node is one of those that package.json names. */
export function checkNodeVersion() {
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const wanted = engines.node.replace('>=', '').split('.').map(Number);
  const given = process.versions.node.split('.').map(Number);
  const isOlder = given[0] < wanted[0] || (given[0] === wanted[0] && given[1] < wanted[1]);
  if (isOlder) {
    fail(
      `Gatehouse needs Node ${wanted.join('.')} or newer, and this is ${process.versions.node}.`,
    );
  }
}

/** Run one of the programs of node_modules; its path is relative to that folder. */
export function runPackage(program, args, options = {}) {
  return run(process.execPath, [path.join(root, 'node_modules', program), ...args], options);
}

/** Run a program in the repository with this terminal; true if it succeeded. */
export function run(program, args, options = {}) {
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options });
  return status === 0;
}

/** `npm ci`, unless node_modules holds what package-lock.json asks for. */
export function ensureInstalled() {
  if (isInstalled()) return true;
  // With NODE_ENV=production npm leaves out what tests need, and would be asked again each time.
  const args = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'];
  const npm = npmProgram(process.env.npm_execpath);
  // So no shell is needed on Windows.
  if (npm) return run(process.execPath, [npm, ...args]);
  console.log('The packages are installed by npm, whose lock file this repository has.');
  return run('npm', args, { shell: process.platform === 'win32' });
}

/** npm's own program, where npm runs this: pnpm, yarn and bun name theirs in the same variable. */
export function npmProgram(program) {
  return program && path.win32.basename(program) === 'npm-cli.js' ? program : null;
}

function isInstalled() {
  const written = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(written)) return false;
  const { packages: found } = JSON.parse(readFileSync(written, 'utf8'));
  const { packages: wanted } = JSON.parse(
    readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
  );
  const isComplete = Object.entries(wanted).every(
    ([name, entry]) => name === '' || entry.optional || found[name]?.version === entry.version,
  );
  return (
    isComplete && Object.keys(found).every((name) => found[name].version === wanted[name]?.version)
  );
}

/** The database clients of lib/generated. */
export function ensureGenerated() {
  return runPackage('tsx/dist/cli.mjs', ['scripts/generate.ts']);
}

/** `next build`, unless `.next` was built from these very sources. */
export function ensureBuilt() {
  if (isBuilt()) return true;
  // Before it, and not after: what somebody writes meanwhile is not in the build.
  const hash = hashOfBuildInputs(actionKey());
  const env = inProduction(process.env);
  if (!runBuild([], env)) return false;
  writeFileSync(buildStamp, hash);
  return true;
}

/** `next build`, and what it leaves to whoever serves; true if it succeeded. */
export function runBuild(args, env) {
  if (!runPackage('next/dist/bin/next', ['build', ...args], { env })) return false;
  writeBuiltSettings(root);
  writeCompressedAssets(root);
  return true;
}

/** Whether `.next` was built from these very sources, with this key for its forms. */
export function isBuilt(key = actionKey()) {
  return existsSync(buildStamp) && readFileSync(buildStamp, 'utf8') === hashOfBuildInputs(key);
}

function hashOfBuildInputs(key) {
  const hash = createHash('sha256');
  for (const name of BUILD_INPUTS.flatMap(filesOf)) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(path.join(root, name)))
      .update('\0');
  }
  return hash.update(key).digest('hex');
}

function filesOf(name) {
  if (name === 'lib/generated' || !existsSync(path.join(root, name))) return [];
  if (!statSync(path.join(root, name)).isDirectory()) return [name];
  return readdirSync(path.join(root, name))
    .sort()
    .flatMap((child) => filesOf(`${name}/${child}`));
}

/** The one secret that a build contains: with another one, another build. */
function actionKey() {
  const name = 'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY';
  return process.env[name] ?? readDotEnv(root)[name] ?? '';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  checkNodeVersion();
  loadEnvironment();
  if (!ensureInstalled() || !ensureGenerated() || !ensureBuilt()) process.exit(1);
}
