import { formsIn, mainOf, textOf } from './page-forms';
import type { Page } from './plain-browser';

export const USERS = '/admin/auth/user/';
export const GROUPS = '/admin/auth/group/';

/** Where a list leads, by the ids of its rows. */
export function rowsOf(path: string): (body: string) => string[] {
  const link = new RegExp(`href="${path}(\\d+)/change/`, 'g');
  return (body) => {
    const table = /<table.*?<\/table>/s.exec(mainOf(body))?.[0] ?? '';
    return [...new Set([...table.matchAll(link)].map(([, id = '']) => id))];
  };
}

/** Who did what, by a table of acts whose first column is the time. */
export function acts(body: string): string[] {
  const rows = [...mainOf(body).matchAll(/<tr\b.*?<\/tr>/gs)].map(([row]) =>
    [...row.matchAll(/<t[dh]\b.*?<\/t[dh]>/gs)].slice(1).map(([cell]) => textOf(cell)),
  );
  return rows.slice(1).map((cells) => cells.join(': '));
}

/** What a form is filled with, hidden fields left aside. */
export function formValues(mark: string): (body: string) => string[] {
  return (body) => {
    const form = formsIn(body).find(({ controls }) => controls.some(({ name }) => name === mark));
    return (form?.controls ?? []).flatMap((control) => {
      if (control.kind === 'button' || (control.kind === 'text' && control.isHidden)) return [];
      const { name } = control;
      if (control.kind === 'text') return [`${name}=${control.value}`];
      if (control.kind === 'box') return [`${name}=${control.isOn}`];
      const chosen = control.options.filter(({ isChosen }) => isChosen);
      return [`${name}=${chosen.map(({ text }) => text.replace(/^.*\|/, '').trim()).join(', ')}`];
    });
  };
}

/** The values of a select's options whose texts end so. */
export function choices(page: Page, name: string, endings: readonly string[]): string[] {
  const select = formsIn(page.body)
    .flatMap(({ controls }) => controls)
    .find((control) => control.kind === 'select' && control.name === name);
  const options = select?.kind === 'select' ? select.options : [];
  return endings.map((ending) => {
    const option = options.find(({ text }) => text.endsWith(`| ${ending}`));
    if (!option) throw new Error(`${page.address} offers no "${ending}" in ${name}.`);
    return option.value;
  });
}

/** The page with one more option in a select, as somebody adds it who forges a form. */
export function withOption(page: Page, name: string, value: string): Page {
  const select = new RegExp(`<select\\b[^>]*\\sname="${name}"[^>]*>`);
  return { ...page, body: page.body.replace(select, `$&<option value="${value}">`) };
}

export function idOf({ address }: Page): string {
  return /\/(\d+)\/change\//.exec(address)?.[1] ?? '';
}
