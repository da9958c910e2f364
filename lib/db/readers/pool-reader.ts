import type { Adapter, AdapterFactory } from '@/lib/db/adapter';
import type { Reader } from './direct-read';

/**
 * A factory whose adapter others may ask, too: Prisma's own, so that what reads past its engine has the pool,
 * its settings and its prepared statements. `readerWith` is told how Prisma is made to connect.
 */
export function withPoolReader(factory: AdapterFactory): {
  factory: AdapterFactory;
  readerWith(connectPrisma: () => Promise<void>): Reader;
} {
  let adapter: Adapter | null = null;
  return {
    factory: {
      provider: factory.provider,
      adapterName: factory.adapterName,
      connect: async () => {
        adapter = await factory.connect();
        return adapter;
      },
    },
    readerWith: (connectPrisma) => ({
      connect: async () => {
        if (!adapter) await connectPrisma();
        if (!adapter) throw new Error('Prisma has connected without its adapter.');
        return adapter;
      },
      // Prisma closes it.
      close: async () => {},
    }),
  };
}
