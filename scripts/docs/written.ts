import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decisionIndex } from './decisions';
import { layerDiagram, requestDiagram } from './diagrams';
import { examplesModule } from './examples';
import { referencePages } from './reference';

/** Every page of docs/ that is made from the code, whole, by its path from the root. */
export function writtenDocs(root: string): Map<string, string> {
  const architecture = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
  return new Map([
    [
      'docs/architecture.md',
      fill(architecture, { layers: layerDiagram(), request: requestDiagram() }),
    ],
    ['docs/decisions/README.md', decisionIndex(root)],
    ['docs/reference/examples.ts', examplesModule(root)],
    ...[...referencePages(root)].map(([name, text]): [string, string] => [
      `docs/reference/${name}`,
      text,
    ]),
  ]);
}

/** Put each diagram between its marks, `<!-- name -->` and `<!-- /name -->`. */
function fill(text: string, diagrams: Readonly<Record<string, string>>): string {
  return Object.entries(diagrams).reduce((page, [name, diagram]) => {
    const marked = new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- /${name} -->`);
    return page.replace(marked, () => `<!-- ${name} -->\n${diagram}\n<!-- /${name} -->`);
  }, text);
}
