/**
 * One way to store a password. An algorithm is one file like its neighbours and one line in the
 * registry of `hashers.ts`; everything is asynchronous, so that the work may leave the thread.
 * Every method but `accepts` may assume an encoded text that `accepts` has approved.
 * Django: contrib/auth/hashers.py BasePasswordHasher
 */
export interface PasswordHasher {
  /** The text before the first `$`. */
  readonly algorithm: string;
  /** False when the package that computes it is not installed; without it, true. */
  isInstalled?(): boolean;
  /** Whether the text is a whole, well-formed encoding of this algorithm. */
  accepts(encoded: string): boolean;
  /**
   * Encode with a fresh salt, or with the given one in the algorithm's own form. Throws RangeError
   * for a salt that is empty or would break the encoding.
   */
  encode(password: string, salt?: string): Promise<string>;
  /** Whether the password is the encoded one, compared in constant time. */
  verify(password: string, encoded: string): Promise<boolean>;
  /** Whether today's work factor or salt length differs from the encoded one. */
  mustUpdate(encoded: string): boolean;
  /** Add the work by which an older encoding is cheaper than today's; nothing if it is not. */
  hardenRuntime(password: string, encoded: string): Promise<void>;
  /** Labels and values fit for display: salt and hash are masked after six characters. */
  safeSummary(encoded: string): [label: string, value: string][];
}

/**
 * The first `shown` characters, the rest as asterisks.
 * Django: contrib/auth/hashers.py mask_hash
 */
export function maskHash(hash: string, shown = 6): string {
  return hash.slice(0, shown).padEnd(hash.length, '*');
}
