import { type ByteRange, type ListedFile, Storage, type StoredFile, TAKEN } from './storage';

/**
 * Files in the memory of this process, gone when it ends: for tests, and an example of a storage of
 * one's own.
 * Django: core/files/storage/memory.py InMemoryStorage
 */
export class InMemoryStorage extends Storage {
  readonly #files = new Map<string, { content: Blob; modified: Date }>();

  async *list(): AsyncGenerator<ListedFile> {
    for (const [name, { content, modified }] of this.#files) {
      yield { name, size: content.size, modified };
    }
  }

  protected async write(name: string, content: Blob): Promise<undefined | typeof TAKEN> {
    const kept = new Blob([await content.arrayBuffer()]);
    if (this.#files.has(name)) return TAKEN;
    this.#files.set(name, { content: kept, modified: new Date() });
  }

  protected async read(name: string, range?: ByteRange): Promise<StoredFile | null> {
    const file = this.#files.get(name);
    if (!file) return null;
    const { content, modified } = file;
    const part = range ? content.slice(range.start, range.end + 1) : content;
    return { size: content.size, modified, stream: part.stream() };
  }

  protected async remove(name: string): Promise<void> {
    this.#files.delete(name);
  }

  protected async measure(name: string): Promise<number | null> {
    return this.#files.get(name)?.content.size ?? null;
  }
}
