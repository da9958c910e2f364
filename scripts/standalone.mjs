// Puts what a server needs to serve and to `manage` into a folder: `node scripts/standalone.mjs FOLDER`,
// after `NEXT_STANDALONE=1 npm run build`. What Next.js has traced stands in `.next/standalone`.
import { cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fail, root } from './ensure.mjs';

/** For `manage`: its sources, and the packages that no page needs, without those for other machines. */
const SOURCES = ['lib', 'prisma', 'scripts', 'manage.ts', 'prisma.config.ts', 'tsconfig.json'];
