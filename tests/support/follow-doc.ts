import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** One thing that a page of docs/ tells its reader to do. */
export type Step =
  | { kind: 'run'; line: string }
  | { kind: 'write'; file: string; text: string }
  | { kind: 'change'; file: string; before: string; after: string };

/**
 * What a page says, in order: each line of an `sh` block, each block of code with `file=`, which is a
 * whole file, and each `diff` with `file=`. Blocks without either are only to be read.
 */
export function stepsOf(markdown: string): Step[] {
  const blocks = markdown.matchAll(/^```(\w+)(?: file=(.+))?\n([\s\S]*?)^```$/gm);
  return [...blocks].flatMap(([, language = '', file, text = '']): Step[] => {
    if (language === 'sh') return linesOf(text).map((line) => ({ kind: 'run', line }));
    if (file === undefined) return [];
    if (language !== 'diff') return [{ kind: 'write', file, text }];
    const [before, after] = [textOf(text, '-'), textOf(text, '+')];
    return [{ kind: 'change', file, before, after }];
  });
}

/** Write or change a file of `folder` as a step says. Throws where what is to change is not there once. */
export function applyStep(folder: string, step: Exclude<Step, { kind: 'run' }>): void {
  const file = path.join(folder, step.file);
  if (step.kind === 'write') {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, step.text, { flag: 'wx' });
    return;
  }
  const text = readFileSync(file, 'utf8');
  const parts = text.split(step.before);
  if (parts.length !== 2) {
    throw new Error(`${step.file} has this ${parts.length - 1} times:\n${step.before}`);
  }
  writeFileSync(file, parts.join(step.after));
}

/** The text of one side of a diff: its own lines and those of both. */
function textOf(diff: string, side: '-' | '+'): string {
  return linesOf(diff)
    .filter((line) => line.startsWith(side) || line.startsWith(' '))
    .map((line) => `${line.slice(1)}\n`)
    .join('');
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
