// `npm run dev`: the development server, started anew when `.env` changes, since Next.js would read
// the file in its own way.
import { spawn } from 'node:child_process';
import { watchFile } from 'node:fs';
import path from 'node:path';
import { withDotEnv } from './dot-env.mjs';
import { ensureGenerated, fail, loadEnvironment, portOf, root } from './ensure.mjs';
import { addressesOf, alsoOnIpv6, hostOf, isFree } from './loopback.mjs';
import { ROOM_FOR_COOKIES } from './serve/room-for-cookies.mjs';

const LOOK_EVERY_MS = 500;

const outside = { ...process.env };
loadEnvironment();
const [port, host] = [portOf(), hostOf()];
if (!(await isFree(port, addressesOf(host)))) {
  fail(`Port ${port} is in use; stop what listens there, or choose another: PORT=3001 npm run dev`);
}
ensureGenerated() || fail('The database clients could not be generated; the message is above.');

let isStopping = false;
let isChanging = false;
let server = start();
alsoOnIpv6(port, host);
for (const name of ['.env', '.env.local']) {
  watchFile(path.join(root, name), { interval: LOOK_EVERY_MS }, (now, before) => {
    // It is also told once that a file is missing.
    if (now.mtimeMs !== before.mtimeMs) restart(name);
  });
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));
// npm sends its signals to a shell that dies alone: a server without its parent would stay for ever.
const parent = process.ppid;
setInterval(() => process.ppid === parent || stop('SIGTERM'), 500).unref();

function start() {
  const next = path.join(root, 'node_modules/next/dist/bin/next');
  const args = [next, 'dev', '--port', String(port), '--hostname', host, ...process.argv.slice(2)];
  // It starts the process that serves by itself.
  const options = [process.env.NODE_OPTIONS, ROOM_FOR_COOKIES].filter(Boolean).join(' ');
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...withDotEnv(outside, root), NODE_ENV: 'development', NODE_OPTIONS: options },
  });
  child.on('exit', (code, signal) => {
    if (isStopping || !isChanging) process.exit(signal ? 0 : (code ?? 1));
  });
  return child;
}

function restart(name) {
  if (isChanging) return;
  isChanging = true;
  if (!server) return startAnew(name);
  server.once('exit', () => startAnew(name));
  server.kill();
}

function startAnew(name) {
  isChanging = false;
  server = null;
  try {
    server = start();
    console.log(`${name} has changed: the server starts anew.`);
  } catch (error) {
    console.error(error.message);
  }
}

function stop(signal) {
  isStopping = true;
  if (server) server.kill(signal);
  else process.exit(0);
}
