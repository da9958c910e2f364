import type { Page } from '@playwright/test';

/** What a person did: presses of the pointer, fields typed into (each once, however much), pages that came. */
export type Steps = { clicks: number; fields: number; pages: number };

const KEY = 'steps-taken';

/**
 * Let the browser count what is done in this page from now on, by the events that it gets: a page that
 * takes one step more has one more, whatever the test calls it. Keys that are typed nowhere are none, as
 * Control+K; Enter in a field belongs to it.
 */
export async function watchSteps(page: Page): Promise<void> {
  await page.addInitScript((key) => {
    const store = window.sessionStorage;
    const add = (what: 'clicks' | 'fields') => {
      const taken = JSON.parse(store.getItem(key) ?? '{"clicks":0,"fields":0}');
      taken[what] += 1;
      store.setItem(key, JSON.stringify(taken));
    };
    let typedInto: EventTarget | null = null;
    addEventListener('pointerdown', (event) => event.isTrusted && add('clicks'), true);
    addEventListener(
      'keydown',
      ({ isTrusted, target }) => {
        const isField = target instanceof HTMLInputElement && /text|email|search/.test(target.type);
        if (!isTrusted || !isField || target === typedInto) return;
        typedInto = target;
        add('fields');
      },
      true,
    );
  }, KEY);
}

/** The steps of one job, from the page as it stands. */
export async function stepsOf(page: Page, job: () => Promise<void>): Promise<Steps> {
  let pages = 0;
  let address = page.url();
  const count = () => {
    if (page.url() !== address) pages += 1;
    address = page.url();
  };
  await page.evaluate((key) => window.sessionStorage.removeItem(key), KEY);
  page.on('framenavigated', count);
  await job();
  page.off('framenavigated', count);
  const taken = await page.evaluate((key) => window.sessionStorage.getItem(key), KEY);
  return { clicks: 0, fields: 0, ...JSON.parse(taken ?? '{}'), pages };
}
