/** Where a draft waits in the tab. */
export const SLOT = 'draft';

/** Whether a draft waits in this tab. Reading it throws where cookies and site data are blocked. */
export function hasDraft(): boolean {
  try {
    return window.sessionStorage.getItem(SLOT) !== null;
  } catch {
    return false;
  }
}
