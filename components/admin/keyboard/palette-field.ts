/** The field of the palette, as it stands before and after what finds is loaded. */
export const PALETTE_LABEL = 'Go to a page, a person or a permission, or ask why';
export const PALETTE_FIELD =
  'block h-12 w-full rounded-t-panel border-b border-line bg-surface px-4 text-base outline-offset-[-2px]';
