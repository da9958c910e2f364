import { settings } from '@/lib/conf/settings';
import { type Effort, effortOf, getHashers, identifyHasher } from '@/lib/contrib/auth/hashers';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { storedHashes } from './stored-hashes';

type Known = { efforts: Map<string, Effort>; readAt: number; isReading: boolean };

// Milliseconds after which the table is read again, beside whoever asks: a Django that stands
// beside us may have begun to store something dearer.
const READ_AGAIN = 10 * 60_000;

// Dearer than sixteen of Django's own, an account is told apart: hiding it would take the time of
// everybody else.
const MOST_UNITS = new Map([
  ['bcrypt', 2 ** 16],
  ['pbkdf2_sha256', 20_000_000],
  ['pbkdf2_sha1', 20_000_000],
]);

const known = new Map<string, Promise<Known>>();

/**
 * What a refused sign-in has to cost, so that no account is told by the time it takes: one
 * computation of each kind that the user model's passwords hold, at its dearest, and that of a new
 * encoding. The table is read once in ten minutes. `encoded` is the password of whoever signs in,
 * if there is one: what was stored since is told apart once at most. Rejects if the database cannot
 * be read.
 */
export async function refusalWork(encoded = ''): Promise<readonly Effort[]> {
  const key = [settings.DATABASE_URL, getUserModel().table, ...settings.PASSWORD_HASHERS].join();
  const found = await (known.get(key) ?? begin(key));
  if (!found.isReading && Date.now() - found.readAt > READ_AGAIN) void readAgain(found);
  learn(found.efforts, effortOf(getHashers()[0]));
  learnEncoding(found.efforts, encoded);
  return [...found.efforts.values()];
}

function begin(key: string): Promise<Known> {
  const reading = read();
  known.set(key, reading);
  reading.catch(() => known.delete(key));
  return reading;
}

async function read(): Promise<Known> {
  const efforts = new Map<string, Effort>();
  for (const { samples } of await storedHashes()) {
    for (const encoded of samples) learnEncoding(efforts, encoded);
  }
  return { efforts, readAt: Date.now(), isReading: false };
}

async function readAgain(found: Known): Promise<void> {
  found.isReading = true;
  try {
    Object.assign(found, await read());
  } catch {
    // What was known still holds, and the next one tries again.
    found.isReading = false;
  }
}

function learnEncoding(efforts: Map<string, Effort>, encoded: string): void {
  const hasher = identifyHasher(encoded);
  if (hasher) learn(efforts, effortOf(hasher, encoded));
}

function learn(efforts: Map<string, Effort>, effort: Effort): void {
  const { kind, units } = effort.work;
  const dearest = efforts.get(kind)?.work.units ?? 0;
  if (units > dearest && units <= (MOST_UNITS.get(kind) ?? units)) efforts.set(kind, effort);
}
