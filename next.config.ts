import { initialEnv } from '@next/env';
import type { NextConfig } from 'next';
import { settings } from '@/lib/conf/settings';
import { trustedHosts } from '@/lib/conf/trusted-hosts';
import { undoExpansion } from './scripts/dot-env.mjs';

// Next.js has read `.env` by now, and cut each `$name`, where it was not started by our own command.
undoExpansion(initialEnv ?? process.env, import.meta.dirname);

const config: NextConfig = {
  // The application alone: a test that does not compile is `npm test`'s affair.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  trailingSlash: true,
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  serverExternalPackages: ['@libsql/client', 'libsql', 'pg'],
  experimental: {
    authInterrupts: true,
    // Our own scripts, as they were built: what a cache or proxy changed does not run.
    sri: { algorithm: 'sha384' },
    // A proxy that rewrites Host must not make Next refuse our own forms.
    serverActions: {
      allowedOrigins: trustedHosts(),
      bodySizeLimit: settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    },
  },
};

export default config;
