import type { PasswordHasher } from '@/lib/contrib/auth/hashers/hasher';

/** A hasher that stores `counting$WORK$PASSWORD` and counts what it is asked to do. */
export function countingHasher(work = 1): PasswordHasher & { calls: number; hardened: number } {
  const hasher = {
    algorithm: 'counting',
    calls: 0,
    hardened: 0,
    accepts: (encoded: string) => /^counting\$\d+\$/.test(encoded),
    async encode(password: string) {
      hasher.calls += 1;
      return `counting$${work}$${password}`;
    },
    async verify(password: string, encoded: string) {
      hasher.calls += 1;
      return encoded.split('$').slice(2).join('$') === password;
    },
    mustUpdate: (encoded: string) => encoded.split('$')[1] !== String(work),
    async hardenRuntime() {
      hasher.hardened += 1;
    },
    safeSummary: (): [string, string][] => [],
  };
  return hasher;
}
