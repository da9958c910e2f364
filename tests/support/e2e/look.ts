import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

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
    // Its source is in the page from the first time on.
    const axe = new AxeBuilder({ page, ...(colorScheme === 'dark' && { axeSource: 'void 0' }) });
    // In the page itself: to put frames together, of which there are none, it opens another page.
    axe.setLegacyMode().options({ resultTypes: ['violations'] });
    if (colorScheme === 'dark') axe.withRules(RULES_ABOUT_COLOUR);
    const { violations } = await axe.analyze();
    if (violations.length === 0) continue;
    found[colorScheme] = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
    );
  }
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ width: 320, height: 640 });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wider > 0) found['pixels too wide'] = wider;
  await page.setViewportSize({ width, height });
  return found;
}
