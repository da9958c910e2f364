/** What is known of a form whose text somebody would miss. */
type Watched = {
  /** Its fields as the server drew them. */
  initial: string;
  /** Whether what it carries is unsaved even as it was drawn. */
  isStaged: boolean;
  /** On its way, or given up: nothing is asked about it. */
  isLetGo: boolean;
};

// What is ticked for an action of a list is no text of anybody's.
const TICKS = ['_selected_action', 'select_across'];

const forms = new Map<HTMLFormElement, Watched>();
let ask: ((go: () => void) => void) | null = null;
let begin: (() => void) | null = null;

/** Watch a form until the returned function is called. */
export function watchForm(form: HTMLFormElement, isStaged: boolean): () => void {
  forms.set(form, { initial: drawn(form), isStaged, isLetGo: false });
  begin?.();
  const edit = () => hold(form);
  form.addEventListener('input', edit);
  return () => {
    form.removeEventListener('input', edit);
    forms.delete(form);
  };
}

/** Call something as soon as a form is watched, once or more often. */
export function whenWatched(call: () => void): void {
  begin = call;
  if (forms.size > 0) call();
}

/** The form is being sent: the answer decides about it. */
export function letGo(form: HTMLFormElement | null): void {
  const watched = form && forms.get(form);
  if (watched) watched.isLetGo = true;
}

/** The form was not saved, or is edited again. */
export function hold(form: HTMLFormElement | null): void {
  const watched = form && forms.get(form);
  if (watched) watched.isLetGo = false;
}

/** The changed forms of the page, but for the one that is being sent. */
export function unsavedForms(except?: EventTarget | null): HTMLFormElement[] {
  return [...forms].flatMap(([form, { initial, isStaged, isLetGo }]) =>
    form !== except && !isLetGo && (isStaged || sent(form) !== initial) ? [form] : [],
  );
}

/** Go at once, or once somebody has agreed to lose what is unsaved. */
export function whenFree(go: () => void): void {
  if (ask && unsavedForms().length > 0) ask(go);
  else go();
}

/** Who asks. One at a time. */
export function setAsker(asker: typeof ask): void {
  ask = asker;
}

function sent(form: HTMLFormElement): string {
  return written([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}

// From the attributes: what was typed before the scripts came counts as changed.
function drawn(form: HTMLFormElement): string {
  return written(
    [...form.elements].flatMap((control) =>
      drawnValues(control).map((value) => [control.getAttribute('name') ?? '', value]),
    ),
  );
}

function drawnValues(control: Element): string[] {
  if (control.matches(':disabled')) return [];
  if (control instanceof HTMLTextAreaElement) return [control.defaultValue];
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options];
    const chosen = options.filter((option) => option.defaultSelected);
    if (chosen.length === 0 && !control.multiple) chosen.push(...options.slice(0, 1));
    return chosen.map(({ value }) => value);
  }
  if (!(control instanceof HTMLInputElement)) return [];
  if (control.type === 'checkbox' || control.type === 'radio') {
    return control.defaultChecked ? [control.value] : [];
  }
  return [control.defaultValue];
}

// In any order: a control that scripts replace comes at another place among the others.
function written(pairs: string[][]): string {
  const own = pairs.filter(
    ([name = '']) => name !== '' && !name.startsWith('$ACTION') && !TICKS.includes(name),
  );
  const lines = own.map(([name, value = '']) =>
    JSON.stringify([name, value.replaceAll('\r\n', '\n')]),
  );
  return lines.sort().join('\n');
}
