import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const CODE = /\.(tsx?|mjs|css)$/;

/**
 * The dependencies of `package.json` that some of `gone` imports, and none of the files that stay. Lists
 * of a configuration, such as what is not bundled, keep nothing; but what `knip.json` is told to ignore
 * is needed though nothing imports it, and stays.
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
  const needed = neededAnyway(root);
  return Object.keys({ ...dependencies, ...devDependencies }).filter((name) => {
    if (needed.includes(name)) return false;
    const imported = new RegExp(
      `(?:from|import|import\\(|require\\() ?['"]${name.replaceAll('.', '\\.')}(?:/|['"])`,
    );
    return imported.test(going) && !imported.test(staying);
  });
}

function neededAnyway(root: string): readonly string[] {
  const path = join(root, 'knip.json');
  if (!existsSync(path)) return [];
  return JSON.parse(readFileSync(path, 'utf8')).ignoreDependencies ?? [];
}
