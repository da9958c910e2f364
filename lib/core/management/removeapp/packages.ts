import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const CODE = /\.(tsx?|mjs|css)$/;

/**
 * The dependencies of `package.json` that some of `gone` imports, and none of the files that stay. Lists
 * of a configuration, such as what is not bundled, keep nothing.
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
    const imported = new RegExp(
      `(?:from|import|import\\(|require\\() ?['"]${name.replaceAll('.', '\\.')}(?:/|['"])`,
    );
    return imported.test(going) && !imported.test(staying);
  });
}
