import type { NextConfig } from 'next';
import { env } from '@/lib/conf/env';

const origin = env.APP_ORIGIN;

const config: NextConfig = {
  trailingSlash: true,
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  serverExternalPackages: ['@libsql/client', 'libsql', 'pg'],
  experimental: {
    authInterrupts: true,
    // A proxy that rewrites Host must not make Next refuse our own forms.
    serverActions: { allowedOrigins: origin ? [new URL(origin).host] : [] },
  },
};

export default config;
