import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

const MOST_MAPS = 50;
const maps = new Map<string, SourceMap | null>();

const FRAME = /((?:file:\/\/)?[^\s()]+\.m?js):(\d+):(\d+)/;

/**
 * Lines of a stack with the places in the built files replaced by those in the sources, where the build
 * has a map beside the file. The maps are read when an error needs them, and never before.
 * Node: --enable-source-maps, which reads each at the start
 */
export function mappedStack(lines: string): string {
  return lines
    .split('\n')
    .map((line) =>
      line.replace(FRAME, (whole, file, row, column) => source(file, row, column) ?? whole),
    )
    .join('\n');
}

function source(file: string, row: string, column: string): string | null {
  const map = mapOf(file.startsWith('file:') ? fileURLToPath(file) : file);
  const entry = map?.findEntry(Number(row) - 1, Number(column) - 1);
  if (!entry || !('originalSource' in entry)) return null;
  const { originalSource, originalLine, originalColumn } = entry;
  if (typeof originalSource !== 'string' || originalSource === '') return null;
  const name = decodeURI(originalSource.replace(/^[a-z-]+:\/{2,3}(\[project\]\/)?/, ''));
  return `${name}:${originalLine + 1}:${originalColumn + 1}`;
}

function mapOf(file: string): SourceMap | null {
  const known = maps.get(file);
  if (known !== undefined) return known;
  const map = readMap(file);
  if (maps.size >= MOST_MAPS) maps.clear();
  maps.set(file, map);
  return map;
}

function readMap(file: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  } catch {
    return null;
  }
}
