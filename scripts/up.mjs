// `npm run up`: from a fresh clone to a running Gatehouse, and again later in seconds.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inProduction, readDotEnv } from './dot-env.mjs';
import {
  checkNodeVersion,
  ensureBuilt,
  ensureGenerated,
  ensureInstalled,
  fail,
  loadEnvironment,
  portOf,
  root,
  runPackage,
} from './ensure.mjs';
import { alsoOnIpv6, hostOf, isFree, LOOPBACK } from './loopback.mjs';

checkNodeVersion();
loadEnvironment();
writeMissingSecrets();
loadEnvironment();
process.env.NEXT_TELEMETRY_DISABLED ??= '1';

const [port, host] = [portOf(), hostOf()];
if (!(await isFree(port, host))) {
  fail(`Port ${port} is in use; stop what listens there, or choose another: PORT=3001 npm run up`);
}

ensureInstalled() || fail('npm could not install the packages; its message is above.');
ensureGenerated() || fail('The database clients could not be generated; the message is above.');
ensureBuilt() || fail('The build failed; its message is above.');
setUpDatabase() || fail('The database could not be set up; the message is above.');
await serve();

/** Give `.env` the keys it lacks. What stands in it is never changed. */
function writeMissingSecrets() {
  const file = path.join(root, '.env');
  const defaults = {
    DATABASE_URL: 'file:./var/gatehouse.sqlite3',
    SECRET_KEY: randomBytes(48).toString('base64url'),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    ALLOWED_HOSTS: 'localhost,127.0.0.1,[::1]',
  };
  if (!existsSync(file)) {
    writeFileSync(file, '# Written by `npm run up`. Keep it secret, and out of git.\n', {
      mode: 0o600,
    });
  }
  const written = readFileSync(file, 'utf8');
  const given = readDotEnv(root);
  const missing = Object.entries(defaults).filter(([name]) => !(name in given));
  if (missing.length === 0) return;
  const gap = written === '' || written.endsWith('\n') ? '' : '\n';
  appendFileSync(file, gap + missing.map(([name, value]) => `${name}=${value}\n`).join(''));
}

/** Migrate; on the first run also make people, with random passwords. */
function setUpDatabase() {
  mkdirSync(path.join(root, 'var'), { recursive: true, mode: 0o700 });
  const env = {
    ...inProduction(process.env),
    DJANGO_SUPERUSER_PASSWORD: randomBytes(12).toString('base64url'),
    DEMO_PASSWORD: randomBytes(9).toString('base64url'),
  };
  return runPackage('tsx/dist/cli.mjs', ['scripts/set-up.ts'], { env });
}

async function serve() {
  const start = path.join(root, 'scripts/start.mjs');
  const env = { ...process.env, HOST: host };
  const server = spawn(process.execPath, [start], { cwd: root, stdio: 'inherit', env });
  alsoOnIpv6(port, host);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => server.kill(signal));
  }
  // npm sends its signals to a shell that dies alone: a server without its parent would stay for ever.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || server.kill(), 500).unref();
  server.on('exit', (code, signal) => process.exit(signal ? 0 : (code ?? 1)));
  await announce(server);
}

async function announce(server) {
  const isLoopback = host === LOOPBACK;
  const address = `http://${isLoopback || isAny(host) ? 'localhost' : bracketed(host)}:${port}/`;
  const answers = () =>
    fetch(`${address}healthz/`).then(
      () => true,
      () => false,
    );
  while (server.exitCode === null && !(await answers())) await sleep(100);
  if (server.exitCode !== null) return;
  const reach = isLoopback ? ', for this machine only; HOST=0.0.0.0 opens it to others' : '';
  console.log(`Gatehouse is at ${address}${reach}`);
}

function isAny(host) {
  return ['0.0.0.0', '::', '[::]'].includes(host);
}

function bracketed(host) {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
