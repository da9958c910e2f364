// A lock that two commands of one clone take in turn. Plain Node: it is taken before anything is
// installed.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 200;
/** A file without a number in it is one that is being written. */
const WRITTEN_WITHIN_LOOKS = 10;

/**
 * Take the lock, a file with the number of this process, after whoever holds it; that of a process
 * that is gone counts for nothing. Returns what gives it back, which the end of this process does too.
 */
export async function oneAtATime(file, tell = console.log) {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  for (let looks = 0, isTold = false; !take(file); looks += 1) {
    const holder = holderOf(file);
    if (holder === null ? looks > WRITTEN_WITHIN_LOOKS : !isAlive(holder)) {
      rmSync(file, { force: true });
      continue;
    }
    if (holder !== null && !isTold) {
      tell(`The same command is at work here as process ${holder}; this one waits for it.`);
      tell(`If there is no such command, delete ${file}.`);
      isTold = true;
    }
    await sleep(LOOK_EVERY_MS);
  }
  const release = () => {
    if (holderOf(file) === process.pid) rmSync(file, { force: true });
  };
  process.on('exit', release);
  return release;
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

function holderOf(file) {
  try {
    return Number(readFileSync(file, 'utf8')) || null;
  } catch {
    return null;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
