import { CommandError } from '@/lib/core/management/base';

/**
 * The module of a site's settings with further ones at the end of its object `siteSettings`, each as its
 * name and the text of its value. One that is set there already stays. Formatting is Biome's. Throws
 * CommandError where there is no such object.
 */
export async function withSettings(
  file: string,
  source: string,
  settings: Readonly<Record<string, string>>,
): Promise<string> {
  const { parseSync } = await import('oxc-parser').catch(() => {
    throw new CommandError('This needs the packages of development: npm ci.');
  });
  const { program, errors } = parseSync(file, source);
  for (const node of errors.length === 0 ? program.body : []) {
    const declaration = node.type === 'ExportNamedDeclaration' ? node.declaration : null;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type !== 'Identifier' || id.name !== 'siteSettings' || !init) continue;
      const isWrapped = init.type === 'TSAsExpression' || init.type === 'TSSatisfiesExpression';
      const value = isWrapped ? init.expression : init;
      if (value.type !== 'ObjectExpression') continue;
      const known = value.properties.flatMap((each) =>
        each.type === 'Property' && each.key.type === 'Identifier' ? [each.key.name] : [],
      );
      const added = Object.entries(settings)
        .filter(([name]) => !known.includes(name))
        .map(([name, text]) => `\n${name}: ${text},`);
      const end = value.properties.at(-1)?.end ?? value.start + 1;
      const comma = value.properties.length > 0 && added.length > 0 ? ',' : '';
      const rest = source.slice(end).replace(/^,/, '');
      return `${source.slice(0, end)}${comma}${added.join('')}${added.length > 0 ? rest : source.slice(end)}`;
    }
  }
  throw new CommandError(`${file} has no "export const siteSettings = {…}" to add a setting to.`);
}
