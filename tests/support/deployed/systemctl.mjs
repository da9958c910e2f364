// Stands in for systemd where docs/deploy.md is followed in a folder: units are read from ROOT's etc/systemd/system,
// services are started and stopped as their lines say, timers are only looked up.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = process.env.ROOT;
const units = path.join(root, 'etc/systemd/system');
const [verb, ...args] = process.argv.slice(2);

for (const name of verb === 'daemon-reload' ? [] : args.filter((arg) => arg !== '--now')) {
  if (name.endsWith('.timer')) readFileSync(path.join(units, name));
  else if (verb === 'enable') start(name);
  else if (verb === 'stop') await stop(name);
  else if (verb === 'restart') {
    await stop(name);
    start(name);
  } else throw new Error(`Unknown verb ${verb}.`);
}

/** The lines of a service's section, with the instance put in and paths led into the folder. */
function linesOf(name) {
  const [template, instance = ''] = name.split('@');
  const file = instance ? `${template}@.service` : `${name}.service`;
  const text = readFileSync(path.join(units, file), 'utf8').replaceAll('%i', instance);
  const service = text.split('[Service]')[1].split('\n[')[0];
  return [...service.matchAll(/^(\w+)=(.*)$/gm)].map(([, key, value]) => [key, value]);
}

function start(name) {
  const lines = linesOf(name);
  const one = (key) => lines.find(([each]) => each === key)[1];
  const env = { PATH: process.env.PATH, HOME: root };
  for (const [key, value] of lines) {
    if (key === 'Environment') Object.assign(env, variables(value.split(' ')));
  }
  Object.assign(env, variables(readFileSync(root + one('EnvironmentFile'), 'utf8').split('\n')));
  const [program, ...rest] = one('ExecStart').split(' ');
  const log = openSync(path.join(root, `${name}.log`), 'a');
  const child = spawn(program === '/usr/bin/node' ? process.execPath : program, rest, {
    cwd: root + one('WorkingDirectory'),
    env,
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  mkdirSync(path.join(root, 'run'), { recursive: true });
  writeFileSync(pidFile(name), String(child.pid));
}

async function stop(name) {
  if (!existsSync(pidFile(name))) return;
  const pid = Number(readFileSync(pidFile(name), 'utf8'));
  const most = Number(linesOf(name).find(([key]) => key === 'TimeoutStopSec')[1]);
  send(pid, 'SIGTERM');
  const end = Date.now() + most * 1000;
  while (send(pid, 0) && Date.now() < end) await sleep(50);
  if (send(-pid, 0)) send(-pid, 'SIGKILL');
  rmSync(pidFile(name));
}

function send(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function variables(words) {
  return Object.fromEntries(
    words.filter((word) => word.includes('=')).map((word) => word.split(/=(.*)/s).slice(0, 2)),
  );
}

function pidFile(name) {
  return path.join(root, 'run', name);
}
