import type { Page } from '@playwright/test';

/** Whether React has taken the page over: it marks what it has, and what is clicked before is lost. */
export function isHydrated(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    Object.keys(document.querySelector('main') ?? {}).some((key) => key.startsWith('__reactFiber')),
  );
}
