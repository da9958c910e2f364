import { preload } from 'react-dom';

const latin = new URL(
  '@fontsource-variable/geist/files/geist-latin-wght-normal.woff2',
  import.meta.url,
);

/**
 * Ask for the font that every page is drawn in, before the style sheet that names it was read: else all text is
 * laid out twice.
 */
export function preloadFont(): void {
  preload(latin.href, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' });
}
