// What `.env` means, for every command alike: decision 38. Plain Node, since `npm run up` needs it
// before anything is installed.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';

/** Those of Next.js that `manage` could not read alike, since it runs in no mode. */
const REFUSED = ['production', 'development', 'test'].flatMap((mode) => [
  `.env.${mode}`,
  `.env.${mode}.local`,
]);

/** Keeps Next.js from reading the files by itself: it replaces each `$name` in a value. */
const PROCESSED = '__NEXT_PROCESSED_ENV';

/**
 * The variables of `.env.local` and `.env` in a folder, as text without any replacement; the former
 * win. NODE_ENV is left out: the command decides it. Throws an Error of one sentence for a file that
 * would mean one thing to one command and another to the next.
 * Django: none; a project reads what it likes in settings.py
 */
export function readDotEnv(folder = process.cwd()) {
  const refused = REFUSED.find((name) => existsSync(path.join(folder, name)));
  if (refused) {
    throw new Error(`${refused} is not read; put what it says into .env or .env.local.`);
  }
  const { NODE_ENV: _, ...variables } = {
    ...readFile(folder, '.env'),
    ...readFile(folder, '.env.local'),
  };
  return variables;
}

/** An environment and what the files add to it: what it has, empty or not, stays. */
export function withDotEnv(environment, folder) {
  return { ...readDotEnv(folder), ...environment, [PROCESSED]: 'true' };
}

/** Put what the files add into the environment of this process and of those that it starts. */
export function loadDotEnv(folder) {
  Object.assign(process.env, withDotEnv(process.env, folder));
}

/**
 * Put right what Next.js has made of the files by itself, where it was started without a command of
 * ours. `before` is the environment as it found it.
 */
export function undoExpansion(before, folder) {
  for (const [name, value] of Object.entries(readDotEnv(folder))) {
    process.env[name] = before[name] ?? value;
  }
}

/** What stands in the place of NODE_ENV when a command serves or builds for production. */
export function inProduction(environment) {
  return { ...environment, NODE_ENV: 'production' };
}

function readFile(folder, name) {
  let bytes;
  try {
    bytes = readFileSync(path.join(folder, name));
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw new Error(`${name} cannot be read (${error.code}).`);
  }
  const isUtf16 = bytes.includes(0);
  if (isUtf16) throw new Error(`${name} is not UTF-8; save it as UTF-8.`);
  return parseEnv(
    bytes
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .replace(/\r\n?/g, '\n'),
  );
}
