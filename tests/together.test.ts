import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe } from 'vitest';
import { repositoryRoot } from '@/tests/support/sources';

for (const file of (process.env['TOGETHER'] ?? '').split(',')) {
  describe(file, async () => {
    await import(pathToFileURL(path.join(repositoryRoot, file)).href);
  });
}
