import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { isPublicPath } from '@/lib/contrib/auth/middleware';
import config from '@/next.config.mjs';
import { publicFiles } from '@/scripts/public-files.mjs';

describe('publicFiles', () => {
  it('lists what lies in public/, and what Next.js makes of files of app/ for everybody', () => {
    const root = mkdtempSync(path.join(tmpdir(), 'gatehouse-public-'));
    const files = [
      'public/logo.png',
      'public/.well-known/security.txt',
      'app/robots.ts',
      'app/page.tsx',
    ];
    const more = [
      'app/manifest.ts',
      'app/apple-icon.png',
      'app/opengraph-image.tsx',
      'app/favicon.ico',
    ];
    for (const file of [...files, ...more]) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), '');
    }
    expect(publicFiles(root)).toEqual([
      '/.well-known/security.txt',
      '/apple-icon.png',
      '/favicon.ico',
      '/logo.png',
      '/manifest.webmanifest',
      '/opengraph-image',
      '/robots.txt',
    ]);
    rmSync(root, { recursive: true });
  });

  it('is baked into the build', async () => {
    const { env } = await config();
    expect(JSON.parse(env?.['GATEHOUSE_PUBLIC_FILES'] ?? '')).toEqual(
      expect.arrayContaining(['/icon.svg', '/favicon.ico']),
    );
  });
});

describe('a public file', () => {
  it('is shown to strangers, and nothing else is for its sake', () => {
    vi.stubEnv('GATEHOUSE_PUBLIC_FILES', '["/a b.png","/robots.txt"]');
    try {
      for (const address of ['/a%20b.png', '/robots.txt', '/robots.txt/']) {
        expect([address, isPublicPath(address)]).toEqual([address, true]);
      }
      for (const address of ['/robots.txt/x', '/dashboard/', '/%ff', '/a', '/robots.tx']) {
        expect([address, isPublicPath(address)]).toEqual([address, false]);
      }
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
