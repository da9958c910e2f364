import { globalSettings } from '@/lib/conf/global-settings';
import { settings } from '@/lib/conf/settings';
import { getHashers } from '@/lib/contrib/auth/hashers';
import { upgradePolicy } from '@/lib/contrib/auth/passwords/password-upgrade';
import { commonestAlgorithm } from '@/lib/contrib/auth/passwords/stored-hash-checks';
import { type StoredHashes, storedHashes } from '@/lib/contrib/auth/passwords/stored-hashes';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';

/**
 * What to say of the passwords of a database that was just adopted from Django: which there are,
 * whether they stay at a sign-in here, and what to set while Django goes on serving the same people.
 * Lines for a terminal; none where nobody has a password.
 */
async function describeAdoptedHashes(): Promise<string[]> {
  const hashes = await storedHashes();
  const theirs = commonestAlgorithm(hashes);
  if (theirs === null) return [];
  const kinds = hashes.filter(({ kind }) => /^[a-z]/.test(kind));
  return [
    `Its passwords: ${kinds.map(({ kind, count }) => `${count} × ${nameOf(kind)}`).join(', ')}.`,
    (await upgradePolicy()) === 'always'
      ? "Each sign-in here stores them anew, which ends that person's session at Django, because PASSWORD_UPGRADE is 'always'."
      : "Those that are good enough stay as they are at a sign-in here, so nobody's session at Django ends (PASSWORD_UPGRADE).",
    ...(theirs === getHashers()[0].algorithm ? [] : proposal(hashes)),
  ];
}

/** The receiver of `postMigrate`: say, of tables just taken over from Django, what their passwords are. */
export async function tellAdoptedHashes({
  say,
  isAdopted,
}: {
  say: (line: string) => void;
  isAdopted: boolean;
}): Promise<void> {
  if (isAdopted) for (const line of await describeAdoptedHashes()) say(line);
}

/**
 * The settings, as texts by name, by which new people get hashes like those that a site's people have,
 * and theirs stay; none where the first hasher is theirs already, or nobody has a password.
 */
export function hasherSettings(hashes: readonly StoredHashes[]): Record<string, string> {
  const theirs = commonestAlgorithm(hashes);
  if (theirs === null || theirs === getHashers()[0].algorithm) return {};
  const others = globalSettings.PASSWORD_HASHERS.filter((name) => name !== theirs);
  const [iterations] = hashes.flatMap(iterationsOf).sort((a, b) => b - a);
  return {
    PASSWORD_HASHERS: `[${[theirs, ...others].map((name) => `'${name}'`).join(', ')}]`,
    ...(iterations !== undefined &&
      iterations !== settings.PBKDF2_ITERATIONS && {
        PBKDF2_ITERATIONS: iterations.toLocaleString('en').replaceAll(',', '_'),
      }),
    PASSWORD_UPGRADE: "'weaker only'",
  };
}

function proposal(hashes: readonly StoredHashes[]): string[] {
  return [
    `New people would get ${getHashers()[0].algorithm} here, which a Django without its library cannot read.`,
    'If Django goes on serving this database, set in lib/site/settings.ts, and build again:',
    ...Object.entries(hasherSettings(hashes)).map(([name, text]) => `    ${name}: ${text},`),
  ];
}

function iterationsOf({ kind }: StoredHashes): number[] {
  const [, iterations] = /^pbkdf2_sha256\$(\d+)\$/.exec(kind) ?? [];
  return iterations ? [Number(iterations)] : [];
}

function nameOf(kind: string): string {
  const [algorithm = '', ...cost] = kind.split('$').filter(Boolean);
  return cost.length > 0 ? `${algorithm} (${cost.join(' ')})` : algorithm;
}
