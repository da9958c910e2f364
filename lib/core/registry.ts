/**
 * What apps bring of one kind, each by its name, in the order in which it was registered. A list and
 * never a single place: who comes later takes nothing from who was there.
 * Django: no counterpart (its lists are settings)
 */
export class Registry<Entry extends { readonly name: string }> {
  readonly #entries = new Map<string, Entry>();

  /** Registering a name again replaces it in its place. Returns what puts the former state back. */
  register(entry: Entry): () => void {
    const former = this.#entries.get(entry.name);
    this.#entries.set(entry.name, entry);
    return () => {
      if (former) this.#entries.set(former.name, former);
      else this.#entries.delete(entry.name);
    };
  }

  find(name: string): Entry | null {
    return this.#entries.get(name) ?? null;
  }

  /**
   * All of them, behind those that stand elsewhere: what the installed apps' configs list. One that
   * was registered by a name of these stands in its place.
   */
  list(before: readonly Entry[] = []): Entry[] {
    const all = [...before, ...this.#entries.values()];
    return [...new Map(all.map((entry) => [entry.name, entry])).values()];
  }
}
