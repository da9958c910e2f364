/** The look a person chose; `system` follows the device. */
export type Theme = 'system' | 'light' | 'dark';

export const themeCookie = 'gatehouse_theme';

/** The theme a cookie or form names; anything else is the system's. */
export function parseTheme(text: unknown): Theme {
  return text === 'light' || text === 'dark' ? text : 'system';
}
