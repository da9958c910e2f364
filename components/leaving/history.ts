import { unsavedForms } from '@/components/leaving/unsaved';

/**
 * Undo a step back or forward from a page with a changed form, and ask; whoever leaves takes the
 * step again. Until the returned function is called.
 */
export function keepHistory(ask: (leave: () => void) => void): () => void {
  let place = placeNow();
  let isUndoing = false;
  // A page is somewhere from its first key on: what the router pushed before is counted.
  const note = () => {
    if (!isUndoing) place = placeNow();
  };
  const onStep = (event: PopStateEvent) => {
    if (isUndoing) {
      isUndoing = false;
      event.stopImmediatePropagation();
      return;
    }
    if (unsavedForms().length === 0) return;
    event.stopImmediatePropagation();
    const now = placeNow();
    // Where the browser does not tell the place, the step was back: nearly all are.
    const step = now === null || place === null || now === place ? -1 : now - place;
    isUndoing = true;
    window.history.go(-step);
    ask(() => window.history.go(step));
  };
  window.addEventListener('popstate', onStep, true);
  window.addEventListener('input', note, true);
  window.addEventListener('pointerdown', note, true);
  return () => {
    window.removeEventListener('popstate', onStep, true);
    window.removeEventListener('input', note, true);
    window.removeEventListener('pointerdown', note, true);
  };
}

/** The place of this page in the tab's history, where the browser tells it. */
function placeNow(): number | null {
  const navigation: Navigation | undefined = window.navigation;
  return navigation?.currentEntry?.index ?? null;
}
