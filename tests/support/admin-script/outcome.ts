import { textOf } from './page-forms';
import type { Page, PlainBrowser } from './plain-browser';

/** What one step of the script came to. */
export type Outcome = {
  what: string;
  status: number;
  address: string;
  /** What the page was expected to say and does not. */
  unsaid: string[];
  /** Names that the script fills in and the form does not have. */
  missing: string[];
  /** Of a list the ids that its rows lead to, in order; of a history what it says, but for times. */
  rows: string[];
};

export type Told = { says?: string[]; rows?: (body: string) => string[] };

export type Tell = (what: string, page: Page, told?: Told) => Page;

/** Keeps what each step of somebody's comes to. */
export function teller(outcomes: Outcome[], browser: PlainBrowser): Tell {
  return (what, page, { says = [], rows } = {}) => {
    const text = textOf(page.body);
    outcomes.push({
      what,
      status: page.status,
      address: page.address,
      unsaid: says.filter((words) => !text.includes(words)),
      missing: browser.missing.splice(0),
      rows: rows?.(page.body) ?? [],
    });
    return page;
  };
}
