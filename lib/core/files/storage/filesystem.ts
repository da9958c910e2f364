import { randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { settings } from '@/lib/conf/settings';
import { type ByteRange, type ListedFile, Storage, type StoredFile, TAKEN } from './storage';

/**
 * Files in a folder of this machine, which with everything in it is its owner's alone. A file has its
 * name only once it is whole.
 * Django: core/files/storage/filesystem.py FileSystemStorage
 */
export class FileSystemStorage extends Storage {
  readonly #location: string | undefined;

  /** `location` is the folder; settings.MEDIA_ROOT unless told. */
  constructor({ location }: { location?: string } = {}) {
    super();
    this.#location = location;
  }

  async *list(): AsyncGenerator<ListedFile> {
    const root = this.#root();
    const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(ifNone([]));
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const found = await stat(file).catch(ifNone(null));
      if (!found) continue;
      const name = path.relative(root, file).split(path.sep).join('/');
      yield { name, size: found.size, modified: found.mtime };
    }
  }

  // The name is taken first, by an empty file, so that of two who want it one gets it.
  protected async write(name: string, content: Blob): Promise<undefined | typeof TAKEN> {
    const file = this.#path(name);
    const part = path.join(path.dirname(file), `.${randomUUID()}.part`);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const place = await open(file, 'wx', 0o600).catch(ifTaken);
    if (place === TAKEN) return TAKEN;
    await place.close();
    try {
      await writeWhole(part, content);
      await rename(part, file);
    } catch (error) {
      await Promise.all([rm(part, { force: true }), rm(file, { force: true })]);
      throw error;
    }
  }

  protected async read(name: string, range?: ByteRange): Promise<StoredFile | null> {
    const handle = await open(this.#path(name), constants.O_RDONLY | constants.O_NOFOLLOW).catch(
      ifNone(null),
    );
    if (!handle) return null;
    const found = await handle.stat();
    if (!found.isFile()) {
      await handle.close();
      return null;
    }
    const stream = createReadStream('', { fd: handle, ...range });
    return { size: found.size, modified: found.mtime, stream: webStream(stream) };
  }

  protected async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true }).catch(ifNone(undefined));
  }

  protected async measure(name: string): Promise<number | null> {
    const found = await stat(this.#path(name)).catch(ifNone(null));
    return found?.isFile() ? found.size : null;
  }

  #root(): string {
    return path.resolve(this.#location ?? settings.MEDIA_ROOT);
  }

  #path(name: string): string {
    return path.join(this.#root(), ...name.split('/'));
  }
}

async function writeWhole(file: string, content: Blob): Promise<void> {
  const handle: FileHandle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(new Uint8Array(await content.arrayBuffer()));
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

function webStream(stream: Readable): ReadableStream<Uint8Array> {
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
}

// A folder where a file is wanted, a link, a name that the file system does not take: none of them is a file of ours.
const NONE = ['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR', 'ENAMETOOLONG', 'ERR_FS_EISDIR'];

function ifNone<T>(instead: T) {
  return (error: NodeJS.ErrnoException): T => {
    if (!NONE.includes(error.code ?? '')) throw error;
    return instead;
  };
}

function ifTaken(error: NodeJS.ErrnoException): typeof TAKEN {
  if (error.code !== 'EEXIST' && error.code !== 'EISDIR') throw error;
  return TAKEN;
}
