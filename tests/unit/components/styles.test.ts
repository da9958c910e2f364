import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

// What comes and goes while a page is read, and as scripts take it over.
const CHANGING = /:has\(|:(last|only)-(child|of-type)|:empty/;

test('no rule has a browser look at all that is on the page again, whatever changes somewhere', () => {
  const files = ['app', 'components'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((file) =>
      file.endsWith('.css') ? path.join(folder, file) : [],
    ),
  );
  const found = files.flatMap((file) => selectorsOf(readFileSync(file, 'utf8')).filter(isForAll));
  expect(files.length).toBeGreaterThan(5);
  expect(found).toEqual([]);
});

test('such a rule is found by what it is about', () => {
  const found = [
    'tr:last-child > *',
    'tr:has(b) > :not(:has(> b))',
    'li:last-child > :first-child',
  ];
  const fine = ['tr:last-child > :is(th, td)', 'tr:has(b) .c', 'tr + tr > *', '* > p:last-child'];
  const css = [...found, ...fine].map((selector) => `${selector} { color: red; }`).join('\n');
  expect(selectorsOf(css).filter(isForAll)).toEqual(found);
});

/**
 * Whether it is about elements of any name inside something whose state may change: browsers keep by name
 * what a change is about, and without one it is everything inside, for every element with such a state.
 */
function isForAll(selector: string): boolean {
  const parts = atTopLevel(selector, /[\s>+~]/);
  const subject = parts.at(-1) ?? '';
  return parts.slice(0, -1).some((part) => CHANGING.test(part)) && !isNamed(subject);
}

function isNamed(compound: string): boolean {
  return /^[a-z.#[]|^:(is|where)\([a-z.#[]|[^(][.#[]/i.test(compound.replace(/:not\(.*\)/, ''));
}

function selectorsOf(css: string): string[] {
  const rules = css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{};]+)\{/g);
  return [...rules].flatMap(([, selectors = '']) =>
    selectors.trim().startsWith('@') ? [] : atTopLevel(selectors, /,/),
  );
}

/** The parts between separators that stand outside brackets. */
function atTopLevel(text: string, separator: RegExp): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if ('(['.includes(character)) depth += 1;
    if (')]'.includes(character)) depth -= 1;
    if (depth === 0 && separator.test(character)) parts.push('');
    else parts.push((parts.pop() ?? '') + character);
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
