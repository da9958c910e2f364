/**
 * The columns of a model that Prisma's client leaves out, `Unsupported("circle")`: only the text of the
 * schema tells of them.
 */
export function unsupportedColumns(model: string, schema: string): Record<string, object> {
  const body = new RegExp(`^model ${model} \\{\\n([\\s\\S]*?)^\\}`, 'm').exec(schema)?.[1] ?? '';
  const found = body.split('\n').flatMap((line) => {
    const [, name, type, isOptional] = /^\s+(\w+)\s+Unsupported\("([^"]*)"\)(\?)?/.exec(line) ?? [];
    if (name === undefined) return [];
    const column = /@map\("([^"]*)"\)/.exec(line)?.[1] ?? name;
    const isRequired = isOptional === undefined && !line.includes('@default');
    return [[name, { kind: 'unsupported', column, isRequired, type }] as const];
  });
  return Object.fromEntries(found);
}
