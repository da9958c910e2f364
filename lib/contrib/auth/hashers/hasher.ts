/**
 * What computing one encoding costs. Works of one kind add up and compare, those of two kinds do
 * neither.
 */
export type Work = { readonly kind: string; readonly units: number };

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
  /**
   * What an encoding costs to compute; what a new one costs, if none is given. Left out, as the next
   * two may be: every encoding costs the same, and encoding the password is how it is spent.
   */
  workOf?(encoded?: string): Work;
  /** Do as much work of a kind that `workOf` named, for nothing but the time that it takes. */
  spend?(password: string, work: Work): Promise<void>;
  /** Throws ServiceUnavailable while the next computation could not even wait for its turn. */
  refuseWhenBusy?(): void;
  /**
   * Whether nobody need replace an encoding, although a new one would be another: its work is at
   * least what the file of the algorithm states, or today's, if that is less. Left out: never.
   */
  isGoodEnough?(encoded: string): boolean;
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
