// `npm run up`: from a fresh clone to a running Gatehouse, and again later in seconds.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inProduction, readDotEnv } from './dot-env.mjs';
import {
  checkFolder,
  checkNodeVersion,
  ensureBuilt,
  ensureGenerated,
  ensureInstalled,
  fail,
  loadEnvironment,
  portOf,
  root,
} from './ensure.mjs';
import { addressesOf, alsoOnIpv6, hostOf, isFree, LOOPBACK } from './loopback.mjs';
import { oneAtATime } from './serve/one-at-a-time.mjs';

checkNodeVersion();
checkFolder();
loadEnvironment();
const release = await oneAtATime(path.join(root, 'var/up.lock'));
writeMissingSecrets();
loadEnvironment();
process.env.NEXT_TELEMETRY_DISABLED ??= '1';

const [port, host] = [portOf(), hostOf()];
if (!(await isFree(port, addressesOf(host)))) {
  fail(`Port ${port} is in use; stop what listens there, or choose another: PORT=3001 npm run up`);
}

ensureInstalled() || fail('npm could not install the packages; its message is above.');
ensureGenerated() || fail('The database clients could not be generated; the message is above.');
ensureBuilt() || fail('The build failed; its message is above.');
const people = setUpDatabase();
// A password that was made is told, whatever becomes of the server.
const tellPeople = once(() => people.length > 0 && console.log(people.join('\n')));
process.on('exit', tellPeople);
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

/** Migrate; on the first run also make people, with random passwords. Returns what tells of them. */
function setUpDatabase() {
  const env = {
    ...inProduction(process.env),
    DJANGO_SUPERUSER_PASSWORD: randomBytes(12).toString('base64url'),
    DEMO_PASSWORD: randomBytes(9).toString('base64url'),
    SECURITY_LOG_STDOUT: '0',
  };
  // tsx's own program would keep the fourth channel for itself.
  const { status, output } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/set-up.ts'], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    encoding: 'utf8',
    env,
  });
  const lines = (output?.[3] ?? '').split('\n').filter((line) => line !== '');
  if (status === 0) return lines;
  if (lines.length > 0) console.log(lines.join('\n'));
  return fail('The database could not be set up; the message is above.');
}

function once(work) {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
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
  release();
  const reach = isLoopback ? ', for this machine only; HOST=0.0.0.0 opens it to others' : '';
  console.log(`\nGatehouse is at ${address}${reach}`);
  tellPeople();
  console.log('Lost a password: npm run manage -- changepassword NAME');
  if (!isLoopback) console.log(`${hostsAreListed()}\n`);
  else console.log('');
}

function hostsAreListed() {
  const { ALLOWED_HOSTS = '', APP_ORIGIN = '' } = process.env;
  const names = [ALLOWED_HOSTS, APP_ORIGIN].filter(Boolean).join(' and ');
  return `It answers under the names of ${names}; list others in ALLOWED_HOSTS.`;
}

function isAny(host) {
  return ['0.0.0.0', '::', '[::]'].includes(host);
}

function bracketed(host) {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
