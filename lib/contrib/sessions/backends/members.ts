// What Python writes and JSON does not know. Such a value is kept, and not read.
const PYTHON_ONLY = /^-?(?:NaN|Infinity)$|[[,:]\s*-?(?:NaN|Infinity)\s*[\],}]/;

/**
 * The members of a JSON object by name, each value as it was written: what is not changed is written
 * back to the letter, a number too that JavaScript has no exact one for. Of a name that comes twice the
 * last counts. Null for a text that is no such object, however deep or damaged.
 */
export function membersOf(text: string): Map<string, string> | null {
  const members = new Map<string, string>();
  let at = skipSpace(text, 0);
  if (text[at] !== '{') return null;
  at = skipSpace(text, at + 1);
  if (text[at] === '}') return skipSpace(text, at + 1) === text.length ? members : null;
  for (;;) {
    const nameEnd = endOfString(text, at);
    const colon = skipSpace(text, nameEnd);
    if (nameEnd < 0 || text[colon] !== ':') return null;
    const start = skipSpace(text, colon + 1);
    const end = endOfValue(text, start);
    const name = parseJson(text.slice(at, nameEnd));
    const value = text.slice(start, end).trimEnd();
    if (typeof name !== 'string' || !isValue(value)) return null;
    members.set(name, value);
    if (text[end] === '}') return skipSpace(text, end + 1) === text.length ? members : null;
    if (text[end] !== ',') return null;
    at = skipSpace(text, end + 1);
  }
}

/** The object with these members, in ASCII as Django's serializer writes it. */
export function objectOf(members: ReadonlyMap<string, string>): string {
  const pairs = [...members].map(([name, value]) => `${JSON.stringify(name)}:${value}`);
  return `{${pairs.join(',')}}`.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The value as JavaScript reads it; undefined where it cannot. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isValue(text: string): boolean {
  return parseJson(text) !== undefined || PYTHON_ONLY.test(text);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1;
  return at;
}

// The place behind the closing quote; -1 where there is none.
function endOfString(text: string, from: number): number {
  if (text[from] !== '"') return -1;
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}

// The place of the comma or brace that ends the value; the end of the text where there is none.
function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = endOfString(text, at);
      if (end < 0) return text.length;
      at = end - 1;
    } else if (character === '{' || character === '[') depth += 1;
    else if (depth === 0 && (character === ',' || character === '}')) return at;
    else if (character === '}' || character === ']') depth -= 1;
  }
  return text.length;
}
