import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe } from 'vitest';

// As one file they start the application once: most of what they cost is that each worker does.
for (const name of (process.env['EVERY_TYPE'] ?? '').split(',')) {
  describe(name, async () => {
    await import(pathToFileURL(path.join(import.meta.dirname, `${name}.test.ts`)).href);
  });
}
