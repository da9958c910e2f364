/** What somebody without scripts can fill or press in a form. */
export type Control =
  | { kind: 'text'; name: string; value: string; isHidden: boolean }
  | { kind: 'box'; name: string; value: string; isOn: boolean }
  | { kind: 'select'; name: string; isMultiple: boolean; options: Option[] }
  | { kind: 'button'; name: string; value: string };

type Option = { value: string; text: string; isChosen: boolean };

export type PageForm = {
  method: string;
  /** Where it is sent; '' is the page's own address. */
  action: string;
  enctype: string;
  controls: Control[];
};

/** The forms of a page, or of a part of it. */
export function formsIn(html: string): PageForm[] {
  return [...html.matchAll(/(<form\b[^>]*>)(.*?)<\/form>/gs)].map(([, tag = '', inner = '']) => ({
    method: (attribute(tag, 'method') ?? 'get').toLowerCase(),
    action: attribute(tag, 'action') ?? '',
    enctype: attribute(tag, 'enctype') ?? 'application/x-www-form-urlencoded',
    controls: [...inner.matchAll(CONTROL)].flatMap(([text]) => controlOf(text)),
  }));
}

/** The main part of a page, from where it begins: without the header. */
export function mainOf(html: string): string {
  return /(?:<main\b|<div id="content").*/s.exec(html)?.[0] ?? html;
}

/** What a page says, without its markup. */
export function textOf(html: string): string {
  const text = html.replace(/<!--.*?-->|<(script|style)\b.*?<\/\1>|<[^>]*>/gs, '');
  return decode(text).replace(/\s+/g, ' ').trim();
}

const CONTROL =
  /<input\b[^>]*>|<textarea\b[^>]*>[^<]*|<select\b[^>]*>.*?<\/select>|<button\b[^>]*>/gis;

function controlOf(text: string): Control[] {
  const tag = /^<[^>]*>/.exec(text)?.[0] ?? '';
  const name = attribute(tag, 'name') ?? '';
  const value = attribute(tag, 'value');
  const type = (attribute(tag, 'type') ?? '').toLowerCase();
  if (has(tag, 'disabled')) return [];
  if (tag.startsWith('<select')) {
    const isMultiple = has(tag, 'multiple');
    return [{ kind: 'select', name, isMultiple, options: optionsOf(text, isMultiple) }];
  }
  if (tag.startsWith('<textarea')) {
    const typed = decode(text.slice(tag.length)).replace(/^\r?\n/, '');
    return [{ kind: 'text', name, value: typed, isHidden: false }];
  }
  if (tag.startsWith('<button') || type === 'submit' || type === 'image') {
    const isSubmit = type === '' || type === 'submit' || type === 'image';
    return isSubmit ? [{ kind: 'button', name, value: value ?? '' }] : [];
  }
  if (type === 'checkbox' || type === 'radio') {
    return [{ kind: 'box', name, value: value ?? 'on', isOn: has(tag, 'checked') }];
  }
  const isSent = name !== '' && !['button', 'reset', 'file'].includes(type);
  return isSent ? [{ kind: 'text', name, value: value ?? '', isHidden: type === 'hidden' }] : [];
}

function optionsOf(select: string, isMultiple: boolean): Option[] {
  const found = [...select.matchAll(/(<option\b[^>]*>)([^<]*)/g)].map(
    ([, tag = '', inner = '']) => {
      const text = textOf(inner);
      return { value: attribute(tag, 'value') ?? text, text, isChosen: has(tag, 'selected') };
    },
  );
  const isFirstChosen = !isMultiple && !found.some(({ isChosen }) => isChosen);
  return found.map((option, i) =>
    isFirstChosen && i === 0 ? { ...option, isChosen: true } : option,
  );
}

function attribute(tag: string, name: string): string | null {
  const value = new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1];
  return value === undefined ? null : decode(value);
}

// Also of a name that a value mentions: `class="disabled:…"` is not an attribute of its own.
function has(tag: string, name: string): boolean {
  return new RegExp(`\\s${name}(?=[\\s=>/])`, 'i').test(tag.replace(/"[^"]*"/g, '""'));
}

function decode(text: string): string {
  const named: Record<string, string> = { quot: '"', lt: '<', gt: '>', amp: '&', nbsp: ' ' };
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return decimal ? String.fromCodePoint(Number(decimal)) : (named[name] ?? all);
  });
}
