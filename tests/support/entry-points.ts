import { isNode, type Node, parseSource, walk } from './sources';

/** What Next.js calls from outside, and the guard that stands in the export itself. */
export type EntryPoint = { file: string; name: string; guard: string; kind: Kind };

/** What a guard wraps, each in its own way. */
export type Kind = 'page' | 'action' | 'handler';

/** The entry points of a file, and what in it this reader refuses or does not understand. */
export type Findings = { entryPoints: EntryPoint[]; problems: string[] };

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** What Next.js reads from a page, layout or handler without calling it. */
const CONSTANTS = ['metadata', 'viewport', 'dynamic', 'revalidate', 'maxDuration'];

/** Files that draw what an entry point decided: they get no request and export no action. */
const DRAWN = [
  'layout',
  'template',
  'error',
  'global-error',
  'not-found',
  'forbidden',
  'unauthorized',
];

/** Further names that Next.js serves or shows by themselves: none of them passes a guard. */
const REFUSED =
  /^(default|loading|global-not-found|sitemap|robots|manifest|icon\d*|apple-icon\d*|opengraph-image\d*|twitter-image\d*)$/;

type Export = { name: string; value: Node | null };

/**
 * Read one module of `app/`, `components/` or `lib/`, by its path from the root. Each page, each
 * method of a route handler and each export of a 'use server' file has to be the call of a guard's
 * wrapper for its own kind;
 * whatever is written in another way is a problem, also where it might be right.
 */
export function inspect(file: string, source: string): Findings {
  const program = parseSource(source);
  const role = roleOf(file, program);
  const findings: Findings = { entryPoints: [], problems: inlineActions(file, program) };
  if (role === 'plain') return findings;
  if (role === 'refused') {
    findings.problems.push(`${file}: Next.js would serve this file without a guard`);
    return findings;
  }
  const guards = importedGuards(program, guardsModuleOf(file));
  for (const { name, value } of exportsOf(program)) {
    if (isHarmless(role, name, value)) continue;
    const kind = expectedKind(role, name);
    const guard = value && kind && guardOf(value, guards, kind);
    if (guard && kind) findings.entryPoints.push({ file, name, guard, kind });
    else
      findings.problems.push(`${file}: export ${name} is not a guarded ${kind ?? 'entry point'}`);
  }
  if (role === 'page' && !exportsOf(program).some(({ name }) => name === 'default')) {
    findings.problems.push(`${file}: no default export`);
  }
  return findings;
}

type Role = 'page' | 'route' | 'actions' | 'drawn' | 'refused' | 'plain';

function roleOf(file: string, program: Node): Role {
  if (bodyOf(program).some((node) => node['directive'] === 'use server')) return 'actions';
  if (!file.startsWith('app/')) return 'plain';
  const base = file.replace(/^.*\//, '').replace(/\.tsx?$/, '');
  if (base === 'page' || base === 'route') return base;
  if (DRAWN.includes(base)) return 'drawn';
  return REFUSED.test(base) ? 'refused' : 'plain';
}

/** What an export is to Next.js; null for what is none of the three. */
function expectedKind(role: Role, name: string): Kind | null {
  if (role === 'page') return name === 'default' ? 'page' : null;
  if (role === 'route') return METHODS.includes(name) ? 'handler' : null;
  return role === 'actions' ? 'action' : null;
}

function isHarmless(role: Role, name: string, value: Node | null): boolean {
  if (role === 'actions') return false;
  if (role === 'drawn' && name === 'default') return true;
  return CONSTANTS.includes(name) && value !== null && isConstant(value);
}

/** Literals, and arrays and objects of them: nothing that could run or ask the database. */
function isConstant(node: Node): boolean {
  const inner = nodeAt(node, 'expression') ?? nodeAt(node, 'value');
  if (node.type === 'ArrayExpression') return nodesAt(node, 'elements').every(isConstant);
  if (node.type === 'ObjectExpression') return nodesAt(node, 'properties').every(isConstant);
  const isWrapper = ['Property', 'TSAsExpression', 'TSSatisfiesExpression'].includes(node.type);
  if (isWrapper) return node['computed'] !== true && inner !== null && isConstant(inner);
  return node.type === 'Literal';
}

/** A type is erased; everything else that a module exports is listed, `*` for what has no name. */
function exportsOf(program: Node): Export[] {
  return bodyOf(program).flatMap((node): Export[] => {
    if (node['exportKind'] === 'type') return [];
    if (node.type === 'ExportAllDeclaration') return [{ name: '*', value: null }];
    if (node.type === 'ExportDefaultDeclaration') {
      return [{ name: 'default', value: nodeAt(node, 'declaration') }];
    }
    return node.type === 'ExportNamedDeclaration' ? namedExports(node) : [];
  });
}

function namedExports(node: Node): Export[] {
  const specifiers = nodesAt(node, 'specifiers').filter((each) => each['exportKind'] !== 'type');
  const renamed = specifiers.map((each) => ({
    name: nameOf(nodeAt(each, 'exported')),
    value: null,
  }));
  const declaration = nodeAt(node, 'declaration');
  if (!declaration || declaration.type.startsWith('TS')) return renamed;
  if (declaration.type !== 'VariableDeclaration' || declaration['kind'] !== 'const') {
    return [...renamed, { name: nameOf(nodeAt(declaration, 'id')), value: null }];
  }
  const declared = nodesAt(declaration, 'declarations').map((each) => ({
    name: nameOf(nodeAt(each, 'id')),
    value: nodeAt(each, 'init'),
  }));
  return [...renamed, ...declared];
}

/** `app/dashboard/articles/[id]/page.tsx` → `/dashboard/articles/:id/`. */
export function addressOf({ file }: EntryPoint): string {
  return (
    file
      .replace(/^app/, '')
      .replace(/\/(page|route)\.tsx?$/, '/')
      .replace(/\/\([^/]+\)/g, '')
      .replace(/\[(?:\.\.\.)?([^\]]+)\]/g, ':$1')
      // Next.js adds no slash there: the names are fixed by others.
      .replace(/^(\/\.well-known\/.*)\/$/, '$1')
  );
}

/** The label of the app whose route group a file lies in; null outside every group. */
export function groupOf(file: string): string | null {
  return /^app\/\(([^/)]+)\)\//.exec(file)?.[1] ?? null;
}

function guardsModuleOf(file: string): string {
  return `@/app/(${groupOf(file) ?? 'site'})/guards`;
}

/** Where an app's guards are made. */
const MAKERS: Readonly<Record<string, string>> = {
  guardsOf: '@/lib/contrib/auth/decorators',
  adminGuardsOf: '@/lib/contrib/admin/decorators',
};

/** The second factors' own pages, and the stream that tells those pages that their session has ended. */
export const EARLY: readonly string[] = ['mfa', 'watch'];

/**
 * What is wrong with an `app/(label)/guards.ts`: everything that it exports has to be made for this
 * label, so that no page of one app stands while the app is out, and it has to load the apps. Only
 * those of `EARLY` may let people in before they have given their second factor.
 */
export function inspectGuards(file: string, source: string): string[] {
  const program = parseSource(source);
  const label = groupOf(file);
  const loads = bodyOf(program).some(
    (node) => nodeAt(node, 'source')?.['value'] === '@/lib/site/app-configs',
  );
  const wrong = exportsOf(program).filter(({ value }) => {
    const maker = value?.type === 'CallExpression' ? nameOf(nodeAt(value, 'callee')) : '';
    const [argument, ...further] = value ? nodesAt(value, 'arguments') : [];
    const isImported = importedGuards(program, MAKERS[maker] ?? '').get(maker) === maker;
    const isOurs =
      argument?.type === 'Literal' && argument['value'] === (label === 'site' ? null : label);
    const isEarly = EARLY.includes(label ?? '') && maker === 'guardsOf' && further.length === 1;
    return !(isImported && isOurs) || (further.length > 0 && !isEarly);
  });
  return [
    ...(loads ? [] : [`${file}: does not import @/lib/site/app-configs`]),
    ...wrong.map(({ name }) => `${file}: ${name} is not made for ${label}`),
  ];
}

/** Local name → exported name of what is imported from the module of the guards. */
function importedGuards(program: Node, module: string): Map<string, string> {
  const imports = bodyOf(program).filter(
    (node) => node.type === 'ImportDeclaration' && nodeAt(node, 'source')?.['value'] === module,
  );
  return new Map(
    imports
      .flatMap((node) => nodesAt(node, 'specifiers'))
      .filter((each) => each.type === 'ImportSpecifier')
      .map((each) => [nameOf(nodeAt(each, 'local')), nameOf(nodeAt(each, 'imported'))]),
  );
}

/** `guard.kind(…)` or `guard(…).kind(…)`, and nothing else: the guard's name. */
function guardOf(value: Node, guards: Map<string, string>, kind: Kind): string | null {
  const wrapper = value.type === 'CallExpression' ? nodeAt(value, 'callee') : null;
  if (wrapper?.type !== 'MemberExpression' || wrapper['computed'] !== false) return null;
  if (nameOf(nodeAt(wrapper, 'property')) !== kind) return null;
  const guard = nodeAt(wrapper, 'object');
  const named = guard?.type === 'CallExpression' ? nodeAt(guard, 'callee') : guard;
  return guards.get(nameOf(named)) ?? null;
}

/** A 'use server' inside a function makes it an entry point that nobody sees in the exports. */
function inlineActions(file: string, program: Node): string[] {
  const found: string[] = [];
  const top = new Set(bodyOf(program));
  walk(program, (node) => {
    if (node['directive'] === 'use server' && !top.has(node)) {
      found.push(`${file}: 'use server' inside a function`);
    }
  });
  return found;
}

function bodyOf(program: Node): Node[] {
  return nodesAt(program, 'body');
}

function nodeAt(node: Node, key: string): Node | null {
  const value = node[key];
  return isNode(value) ? value : null;
}

function nodesAt(node: Node, key: string): Node[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function nameOf(node: Node | null): string {
  return typeof node?.['name'] === 'string' ? node['name'] : '?';
}
