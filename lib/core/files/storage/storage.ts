import { mediaUrl } from '@/lib/core/files/media-url';
import { getAlternativeName, getValidFilename, validateFileName } from '@/lib/core/files/names';

/** A part of a file: bytes from `start` to `end`, both included. */
export type ByteRange = { start: number; end: number };

/** A file that was opened; `size` and `modified` are the whole file's, whatever part is read. */
export type StoredFile = { size: number; modified: Date; stream: ReadableStream<Uint8Array> };

/** A file as a list of all tells of it. */
export type ListedFile = { name: string; size: number; modified: Date };

/** How a file is to be delivered by whoever its address is signed for. */
export type Delivery = { contentType: string; disposition: string };

/** Where a file was told to be and none may be written any more: another has the name. */
export const TAKEN = Symbol('taken');

const MOST_TRIES = 20;

/**
 * What keeps files under names: paths with `/` between their parts, checked before any backend sees one.
 * A backend of one's own extends it and is registered in `STORAGE_BACKENDS`.
 * Django: core/files/storage/base.py Storage
 */
export abstract class Storage {
  /**
   * Keep a file, whole or not at all, under this name or one like it that is free, and resolve to the name
   * that it has; `maxLength` counts its characters. Throws SuspiciousFileOperation for a name that is none.
   */
  async save(
    name: string,
    content: Blob,
    { maxLength }: { maxLength?: number } = {},
  ): Promise<string> {
    let wanted = await this.getAvailableName(name, maxLength);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      validateFileName(wanted);
      if ((await this.write(wanted, content)) !== TAKEN) return wanted;
      wanted = getAlternativeName(name, maxLength);
    }
    throw new Error(`No free name was found for a file in "${name}".`);
  }

  /** Open a file, or a part of it; null where there is none. Whoever opens it reads or cancels it. */
  async open(name: string, range?: ByteRange): Promise<StoredFile | null> {
    validateFileName(name);
    return this.read(name, range);
  }

  /** Delete a file; one that is gone is no fault. */
  async delete(name: string): Promise<void> {
    validateFileName(name);
    await this.remove(name);
  }

  async exists(name: string): Promise<boolean> {
    return (await this.size(name)) !== null;
  }

  /** Bytes of a file; null where there is none. */
  async size(name: string): Promise<number | null> {
    validateFileName(name);
    return this.measure(name);
  }

  /** The address at which this site delivers a file. */
  url(name: string): string {
    return mediaUrl(name);
  }

  /** A name as somebody gave it, made one that every storage keeps. */
  getValidName(name: string): string {
    return getValidFilename(name);
  }

  /** This name or one like it, at most so long, that no file has. */
  async getAvailableName(name: string, maxLength?: number): Promise<string> {
    validateFileName(name);
    const isLong = (each: string) => maxLength !== undefined && [...each].length > maxLength;
    let wanted = name;
    while (isLong(wanted) || (await this.exists(wanted))) {
      wanted = getAlternativeName(name, maxLength);
    }
    return wanted;
  }

  /** Every file that there is, in no order; also those that a crash left half written. */
  abstract list(): AsyncIterable<ListedFile>;

  /** An address elsewhere that delivers a file for a short time to whoever has it; null where this site delivers it. */
  signedUrl(_name: string, _delivery: Delivery): Promise<string | null> {
    return Promise.resolve(null);
  }

  /** Write a file that nobody sees before it is whole; `TAKEN` where there is one of this name. */
  protected abstract write(name: string, content: Blob): Promise<undefined | typeof TAKEN>;
  protected abstract read(name: string, range?: ByteRange): Promise<StoredFile | null>;
  protected abstract remove(name: string): Promise<void>;
  protected abstract measure(name: string): Promise<number | null>;
}
