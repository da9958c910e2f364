type Opened<T> = { password: string; content: T };

/**
 * What authentic seals were found to hold, by the whole seal and the key that opened it, so that one
 * is deciphered once in a process. Only what a key of ours has authenticated may be added; a content
 * is found again only by whoever still has that key. At most `limit`, the oldest goes first.
 */
export class OpenedSeals<T> {
  readonly #limit: number;
  readonly #opened = new Map<string, Opened<T>>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Null when this very seal was not opened with this very key, or too many others were since. */
  get(seal: string, password: string): T | null {
    const opened = this.#opened.get(seal);
    return opened?.password === password ? opened.content : null;
  }

  add(seal: string, password: string, content: T): void {
    const [oldest] = this.#opened.size >= this.#limit ? this.#opened.keys() : [];
    if (oldest !== undefined) this.#opened.delete(oldest);
    this.#opened.set(seal, { password, content });
  }

  get size(): number {
    return this.#opened.size;
  }
}
