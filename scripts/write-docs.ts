// `npm run docs`: what of docs/ is made from the code. A test tells when it was not run.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writtenDocs } from './docs/written';

const root = path.resolve(import.meta.dirname, '..');
const pages = writtenDocs(root);
const reference = path.join(root, 'docs/reference');
mkdirSync(reference, { recursive: true });
for (const name of readdirSync(reference)) {
  if (!pages.has(`docs/reference/${name}`)) rmSync(path.join(reference, name));
}
for (const [name, text] of pages) writeFileSync(path.join(root, name), text);
