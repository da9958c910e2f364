import { describe, expect, it } from 'vitest';
import {
  isNode,
  type Node,
  parseSource,
  readSource,
  sourceFiles,
  walk,
} from '@/tests/support/sources';

/** What makes something known to the whole process, and returns what undoes it. */
const MAKES_KNOWN = /^(register[A-Z]\w*|\w+\.connect)$/;

/** The calls whose undoing nobody takes: files of one worker share the registries. */
function leaks(source: string, lang: 'ts' | 'tsx' = 'ts'): string[] {
  const found: string[] = [];
  // Parsing is what costs.
  if (!/\bregister[A-Z]|\.connect\b/.test(source)) return found;
  walk(parseSource(source, lang), (node) => {
    if (node.type !== 'ExpressionStatement' || !isNode(node['expression'])) return;
    const name = nameOf(node['expression'], source);
    if (MAKES_KNOWN.test(name) && !/^(client|adapter|signal)\./.test(name)) found.push(name);
  });
  return found;
}

function nameOf(call: Node, source: string): string {
  const callee = call['callee'];
  return call.type === 'CallExpression' && isNode(callee)
    ? source.slice(callee.start, callee.end)
    : '';
}

describe('what tests make known to the process', () => {
  it('is seen where nobody undoes it', () => {
    expect(leaks('beforeAll(() => { registerHasher(one); userLoggedIn.connect(two); });')).toEqual([
      'registerHasher',
      'userLoggedIn.connect',
    ]);
    expect(
      leaks('beforeAll(() => registerHasher(one)); const undo = registerBackend(two);'),
    ).toEqual([]);
  });

  it.each(['tests/unit', 'tests/integration', 'tests/support'])('is undone in %s', (folder) => {
    const found = sourceFiles(folder).flatMap((file) =>
      leaks(readSource(file), file.endsWith('x') ? 'tsx' : 'ts').map((name) => `${file}: ${name}`),
    );
    expect(found).toEqual([]);
  });
});
