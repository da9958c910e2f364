import { settings } from '@/lib/conf/settings';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { Registry } from '@/lib/core/registry';
import { FileSystemStorage } from './filesystem';
import { InMemoryStorage } from './memory';
import type { Storage } from './storage';

type Options = Readonly<Record<string, unknown>>;

/** A backend by the name that settings.STORAGES has of it; `make` may throw ImproperlyConfigured for its options. */
export type StorageBackend = { readonly name: string; make(options: Options): Promise<Storage> };

/**
 * The backends that settings.STORAGES may name; an app adds its own in `ready`.
 * Django: core/files/storage/handler.py StorageHandler
 * @example
 * STORAGE_BACKENDS.register({ name: 'AzureStorage', make: async () => new InMemoryStorage() });
 */
export const STORAGE_BACKENDS = new Registry<StorageBackend>();

STORAGE_BACKENDS.register({
  name: 'FileSystemStorage',
  make: async ({ location }) =>
    new FileSystemStorage(typeof location === 'string' ? { location } : {}),
});
STORAGE_BACKENDS.register({ name: 'InMemoryStorage', make: async () => new InMemoryStorage() });
STORAGE_BACKENDS.register({
  name: 'S3Storage',
  make: async (options) => (await import('./s3')).makeS3Storage(options),
});

declare global {
  // The bundler makes several copies of this module; the storage is one per process.
  var gatehouseStorage: { told: unknown; storage: Promise<Storage> } | undefined;
}

/**
 * The storage that settings.STORAGES names, made once in a process. Throws ImproperlyConfigured for a
 * backend that nobody registered, and for options that it does not take.
 * Django: core/files/storage/__init__.py default_storage
 */
export function defaultStorage(): Promise<Storage> {
  const told = settings.STORAGES.default;
  const known = globalThis.gatehouseStorage;
  if (known?.told === told) return known.storage;
  const backend = STORAGE_BACKENDS.find(told.BACKEND);
  if (!backend) {
    const names = STORAGE_BACKENDS.list().map(({ name }) => name);
    throw new ImproperlyConfigured(
      `STORAGES names the backend "${told.BACKEND}", which is none of ${names.join(', ')}.`,
    );
  }
  const storage = backend.make(told.OPTIONS ?? {});
  globalThis.gatehouseStorage = { told, storage };
  return storage;
}
