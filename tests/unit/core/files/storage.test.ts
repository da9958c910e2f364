import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { ImproperlyConfigured, SuspiciousFileOperation } from '@/lib/core/exceptions';
import { defaultStorage, STORAGE_BACKENDS } from '@/lib/core/files/storage/default-storage';
import { FileSystemStorage } from '@/lib/core/files/storage/filesystem';
import { InMemoryStorage } from '@/lib/core/files/storage/memory';
import { makeS3Storage } from '@/lib/core/files/storage/s3';
import type { ByteRange, Storage } from '@/lib/core/files/storage/storage';
import { type Bucket, serveBucket } from '@/tests/support/files/bucket';

const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-media-'));
let server: Server;
let bucket: Bucket;
let s3: Storage;

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'tester');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret-for-tests');
  ({ server, bucket } = await serveBucket(createServer()));
  s3 = await makeS3Storage({
    ...{ bucket: 'media', region: 'eu-test-1', endpoint: bucket.origin },
    ...{ location: 'site', forcePathStyle: true },
  });
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const content = new Blob(['0123456789']);

async function read(storage: Storage, name: string, range?: ByteRange) {
  const file = await storage.open(name, range);
  return file && { size: file.size, text: await new Response(file.stream).text() };
}

async function names(storage: Storage): Promise<string[]> {
  const found = [];
  for await (const { name, size } of storage.list()) found.push(`${name} ${size}`);
  return found.sort();
}

describe.each([
  ['FileSystemStorage', () => new FileSystemStorage({ location: path.join(folder, 'each') })],
  ['InMemoryStorage', () => new InMemoryStorage()],
  ['S3Storage', () => s3],
])('%s', (_name, make) => {
  it('keeps, opens, lists and deletes a file, and a part of it', async () => {
    const storage = make();
    expect(await names(storage)).toEqual([]);
    const name = await storage.save('a/b/c.txt', content);
    expect(name).toBe('a/b/c.txt');
    expect(await storage.exists(name)).toBe(true);
    expect(await storage.size(name)).toBe(10);
    expect(await read(storage, name)).toEqual({ size: 10, text: '0123456789' });
    expect(await read(storage, name, { start: 2, end: 4 })).toEqual({ size: 10, text: '234' });
    expect(await names(storage)).toEqual(['a/b/c.txt 10']);
    await storage.delete(name);
    await storage.delete(name);
    expect(await storage.exists(name)).toBe(false);
    expect(await storage.open(name)).toBeNull();
    expect(await storage.size(name)).toBeNull();
  });

  it('gives of several who want one name one that name, and the others others', async () => {
    const storage = make();
    const saved = await Promise.all(
      ['one', 'two', 'three', 'four'].map((text) => storage.save('same.txt', new Blob([text]))),
    );
    expect(new Set(saved).size).toBe(4);
    expect(saved).toContain('same.txt');
    expect(saved.every((name) => /^same(_[a-z0-9]{7})?\.txt$/.test(name))).toBe(true);
    const texts = await Promise.all(saved.map((name) => read(storage, name)));
    expect(texts.map((each) => each?.text)).toEqual(['one', 'two', 'three', 'four']);
    const short = await storage.save('same.txt', content, { maxLength: 14 });
    expect(short).toMatch(/^sa_[a-z0-9]{7}\.txt$/);
    for (const name of [...saved, short]) await storage.delete(name);
  });

  it('refuses names that lead out of it, whatever is asked', async () => {
    const storage = make();
    for (const name of ['../secret', '/etc/passwd', 'a/../../secret', 'a\\b', 'a\0b', '']) {
      for (const call of [
        () => storage.save(name, content),
        () => storage.open(name),
        () => storage.delete(name),
        () => storage.exists(name),
        () => storage.size(name),
      ]) {
        await expect(call(), JSON.stringify(name)).rejects.toThrow(SuspiciousFileOperation);
      }
    }
  });
});

describe('the folder of FileSystemStorage', () => {
  const location = path.join(folder, 'own');
  const storage = new FileSystemStorage({ location });
  afterEach(() => rmSync(location, { recursive: true, force: true }));

  it('is its owner’s alone, and so is all that is in it', async () => {
    await storage.save('a/b.txt', content);
    const modes = ['', 'a', 'a/b.txt'].map(
      (name) => statSync(path.join(location, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o700, 0o600]);
  });

  it('holds nothing of a file that could not be written whole', async () => {
    const broken = new Blob(['x']);
    broken.arrayBuffer = () => Promise.reject(new Error('The disk is full.'));
    await expect(storage.save('a/b.txt', broken)).rejects.toThrow('The disk is full.');
    expect(readdirSync(path.join(location, 'a'))).toEqual([]);
  });

  it('follows no link at a name, and takes no folder for a file', async () => {
    writeFileSync(path.join(folder, 'outside'), 'secret');
    mkdirSync(path.join(location, 'folder'), { recursive: true });
    symlinkSync(path.join(folder, 'outside'), path.join(location, 'link'));
    expect(await storage.open('link')).toBeNull();
    expect(await storage.open('folder')).toBeNull();
    expect(await storage.size('folder')).toBeNull();
    expect(await storage.open('link/x')).toBeNull();
    expect(await names(storage)).toEqual([]);
  });
});

describe('S3Storage', () => {
  it('keeps files that no browser shows, below its location', async () => {
    await s3.save('a.png', content);
    expect(bucket.objects.get('site/a.png')?.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
    });
    await s3.delete('a.png');
  });

  it('signs addresses that end, with the type and name that we tell', async () => {
    const delivery = { contentType: 'image/png', disposition: 'inline; filename="a.png"' };
    const url = new URL((await s3.signedUrl('x/a.png', delivery)) ?? '');
    expect(url.origin + url.pathname).toBe(`${bucket.origin}/media/site/x/a.png`);
    const query = Object.fromEntries(url.searchParams);
    expect(query).toMatchObject({
      'X-Amz-Expires': '60',
      'response-content-type': 'image/png',
      'response-content-disposition': 'inline; filename="a.png"',
    });
    expect(query['X-Amz-Signature']).toMatch(/^[0-9a-f]{64}$/);
    expect(url.href).not.toContain('secret-for-tests');
  });

  it('lists more than one page', async () => {
    const saved = await Promise.all(
      ['1', '2', '3', '4', '5'].map((each) => s3.save(`many/${each}`, content)),
    );
    expect(await names(s3)).toEqual(saved.map((name) => `${name} 10`));
    for (const name of saved) await s3.delete(name);
  });

  it('refuses options that are none, with a sentence', async () => {
    await expect(makeS3Storage({})).rejects.toThrow(
      'The options of S3Storage in STORAGES are wrong: bucket.',
    );
    await expect(makeS3Storage({ bucket: 'a', buket: 'b' })).rejects.toThrow(ImproperlyConfigured);
  });
});

it('the storage is the one that the settings name, made once', async () => {
  const told = { STORAGES: { default: { BACKEND: 'InMemoryStorage' } } };
  await overrideSettings(told, async () => {
    const storage = await defaultStorage();
    expect(storage).toBeInstanceOf(InMemoryStorage);
    expect(await defaultStorage()).toBe(storage);
    expect(storage.url('a/b ü.png')).toBe('/media/a/b%20%C3%BC.png');
  });
  await overrideSettings({ STORAGES: { default: { BACKEND: 'Nowhere' } } }, async () => {
    expect(() => defaultStorage()).toThrow(
      'STORAGES names the backend "Nowhere", which is none of FileSystemStorage, InMemoryStorage, S3Storage.',
    );
  });
  const own = new InMemoryStorage();
  const undo = STORAGE_BACKENDS.register({ name: 'OwnStorage', make: async () => own });
  await overrideSettings({ STORAGES: { default: { BACKEND: 'OwnStorage' } } }, async () => {
    expect(await defaultStorage()).toBe(own);
  });
  undo();
  expect(await defaultStorage()).toBeInstanceOf(FileSystemStorage);
});
