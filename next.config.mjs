import { pathToFileURL } from 'node:url';
import nextEnv from '@next/env';
import { PHASE_PRODUCTION_SERVER } from 'next/constants.js';
import { undoExpansion } from './scripts/dot-env.mjs';
import { publicFiles } from './scripts/public-files.mjs';
import { findBuiltSettings } from './scripts/serve/built-settings.mjs';

// Next.js has read `.env` by now, and cut each `$name`, where it was not started by our own command.
undoExpansion(nextEnv.initialEnv ?? process.env, import.meta.dirname);

/**
 * No TypeScript here: Next.js itself would resolve its imports one `@/` deep only, and the settings
 * lie deeper.
 * @param {string} [phase]
 * @returns {Promise<import('next').NextConfig>}
 */
export default async function config(phase) {
  const built = phase === PHASE_PRODUCTION_SERVER ? findBuiltSettings(import.meta.dirname) : null;
  const read = built ? await import(pathToFileURL(built).href) : await compileSettings();
  const { settings, trustedHosts, devOrigins = () => [] } = read;
  return {
    trailingSlash: true,
    poweredByHeader: false,
    reactStrictMode: true,
    images: { unoptimized: true },
    // The clone, whatever lock files lie in the folders above it.
    turbopack: { root: import.meta.dirname },
    outputFileTracingRoot: import.meta.dirname,
    // For an image: Dockerfile, scripts/standalone.mjs.
    ...(process.env.NEXT_STANDALONE && { output: 'standalone' }),
    allowedDevOrigins: devOrigins(),
    // Baked in: the Edge has no file system.
    env: { GATEHOUSE_PUBLIC_FILES: JSON.stringify(publicFiles(import.meta.dirname)) },
    // The application alone: a test that does not compile is `npm test`'s affair, which has checked all
    // types when it builds.
    typescript: {
      tsconfigPath: 'tsconfig.build.json',
      ignoreBuildErrors: process.env.TYPES_ARE_CHECKED === '1',
    },
    serverExternalPackages: ['@libsql/client', 'libsql', 'pg', 'prom-client'],
    experimental: {
      authInterrupts: true,
      // In production each page is there before it is asked for; a server that answers a test a few times is
      // started for less than all of them cost.
      ...(process.env.START_LOADS_NO_PAGES === '1' && { preloadEntriesOnStart: false }),
      // Read when an error is written into the log: lib/core/log/mapped-stack.ts.
      serverSourceMaps: true,
      // A third of the CPU of a first build, which `npm test` makes for itself alone.
      turbopackFileSystemCacheForBuild: process.env.BUILD_KEEPS_NO_CACHE !== '1',
      // Our own scripts, as they were built: what a cache or proxy changed does not run.
      sri: { algorithm: 'sha384' },
      // A proxy that rewrites Host must not make Next refuse our own forms.
      serverActions: {
        allowedOrigins: trustedHosts(),
        bodySizeLimit: settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
      },
    },
  };
}

async function compileSettings() {
  const { tsImport } = await import('tsx/esm/api');
  const areMapsRead = process.sourceMapsEnabled ?? false;
  const [settings, hosts] = await Promise.all([
    tsImport('./lib/conf/settings.ts', import.meta.url),
    tsImport('./lib/conf/trusted-hosts.ts', import.meta.url),
  ]);
  // tsx turns them on, and then Node reads the map of each built file when it loads that file.
  process.setSourceMapsEnabled(areMapsRead);
  return { ...settings, ...hosts };
}
