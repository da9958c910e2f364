import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const CODE = /\.(tsx?|mjs|css)$/;

/**
 * The dependencies of `package.json` that some of `gone` names, and none of the files that stay. A
 * package is named by a text that is its name or begins with it and a slash.
 * Django: no counterpart; there requirements.txt is edited by hand
 */
export function packagesOnlyOf(
  root: string,
  files: readonly string[],
  gone: ReadonlySet<string>,
): string[] {
  const path = join(root, 'package.json');
  if (!existsSync(path)) return [];
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(path, 'utf8'));
  const code = files.filter((file) => CODE.test(file));
  const read = (those: readonly string[]) =>
    those.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  const [going, staying] = [
    read(code.filter((file) => gone.has(file))),
    read(code.filter((file) => !gone.has(file))),
  ];
  return Object.keys({ ...dependencies, ...devDependencies }).filter((name) => {
    const quoted = new RegExp(`['"]${name.replaceAll('.', '\\.')}(?:/|['"])`);
    return quoted.test(going) && !quoted.test(staying);
  });
}
