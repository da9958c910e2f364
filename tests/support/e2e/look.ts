import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const require = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'));
const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// A theme changes colours only.
const RULES_ABOUT_COLOUR = ['color-contrast', 'link-in-text-block'];

// Of the readers' own colours a dark set: it is the farthest from the page's own.
const THEMES = [
  ['light', { colorScheme: 'light', forcedColors: 'none' }],
  ['dark', { colorScheme: 'dark', forcedColors: 'none' }],
  ['forced colours', { colorScheme: 'dark', forcedColors: 'active' }],
] as const;

/**
 * What is wrong with the page as it stands, by theme: what axe finds in light, in dark and in forced
 * colours, and by how many pixels something is wider than the narrowest screen. Empty when all is well.
 */
export async function faultsOf(page: Page): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [theme, colours] of THEMES) {
    // Colours would fade from one theme to the other while axe reads them.
    await page.emulateMedia({ ...colours, reducedMotion: 'reduce' });
    const violations = await violationsOn(page, theme === 'light' ? null : RULES_ABOUT_COLOUR);
    if (violations.length > 0) found[theme] = violations;
  }
  await page.emulateMedia({ forcedColors: 'none' });
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ width: 320, height: 640 });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wider > 0) found['pixels too wide'] = wider;
  await page.setViewportSize({ width, height });
  return found;
}

/** What is read on a control is in its name, so that it can be said to it (WCAG 2.5.3). Experimental in axe. */
export const SPOKEN = 'label-content-name-mismatch';

type Found = { html: string; any: { message: string }[] };
type Violations = { violations: { id: string; nodes: Found[] }[] };

/**
 * What axe finds on the page as it stands, by all its rules or by some. Without AxeBuilder, which puts
 * axe into the page two or three times over and fetches what is in order too: twice the work.
 */
export async function violationsOn(page: Page, rules: string[] | null = null): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in window);
  if (!isThere) await page.evaluate(source);
  return page.evaluate(
    async ([runOnly, spoken]) => {
      // Chromium paints forced text in the forced colour, and says of its filling that it is the page's own.
      const styles = CSSStyleDeclaration.prototype;
      const said = Reflect.get(styles, 'getPropertyValue');
      if (window.matchMedia('(forced-colors: active)').matches) {
        styles.getPropertyValue = function (name) {
          return said.call(this, name === '-webkit-text-fill-color' ? 'color' : name);
        };
      }
      const which = runOnly ? { runOnly } : { rules: { [spoken]: { enabled: true } } };
      const options = { resultTypes: ['violations'], ...which };
      const { violations }: Violations = await Reflect.get(window, 'axe').run(document, options);
      styles.getPropertyValue = said;
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(
          ({ html, any }) => `${id}: ${html} ${any.map(({ message }) => message).join(' ')}`,
        ),
      );
    },
    [rules, SPOKEN] as const,
  );
}
