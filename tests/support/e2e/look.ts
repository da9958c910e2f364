import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const require = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'));
const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// A theme changes colours only.
const RULES_ABOUT_COLOUR = ['color-contrast', 'link-in-text-block'];

/**
 * What is wrong with the page as it stands, by theme: what axe finds in light and in dark, and by
 * how many pixels something is wider than the narrowest screen. Empty when all is well.
 */
export async function faultsOf(page: Page): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const colorScheme of ['light', 'dark'] as const) {
    // Colours would fade from one theme to the other while axe reads them.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const violations = await violationsOn(page, colorScheme === 'dark' ? RULES_ABOUT_COLOUR : null);
    if (violations.length > 0) found[colorScheme] = violations;
  }
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ width: 320, height: 640 });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wider > 0) found['pixels too wide'] = wider;
  await page.setViewportSize({ width, height });
  return found;
}

type Violations = { violations: { id: string; nodes: { html: string }[] }[] };

/**
 * What axe finds on the page as it stands, by all its rules or by some. Without AxeBuilder, which puts
 * axe into the page two or three times over and fetches what is in order too: twice the work.
 */
export async function violationsOn(page: Page, rules: string[] | null = null): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in window);
  if (!isThere) await page.evaluate(source);
  return page.evaluate(async (runOnly) => {
    const options = { resultTypes: ['violations'], ...(runOnly && { runOnly }) };
    const { violations }: Violations = await Reflect.get(window, 'axe').run(document, options);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, rules);
}
