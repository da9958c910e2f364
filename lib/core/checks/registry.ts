/**
 * One finding of a system check. `id` is Django's where Django has the check; `message` says what
 * is wrong and `hint` what to do, each in one sentence without secrets.
 * Django: django/core/checks/messages.py CheckMessage
 */
export type CheckMessage = {
  level: 'error' | 'warning';
  id: string;
  message: string;
  hint: string;
};

/**
 * A check looks at the settings, the environment or the database and returns what it found.
 * Django: django/core/checks/registry.py
 */
export type SystemCheck = () => CheckMessage[] | Promise<CheckMessage[]>;

/** An error message for `SystemCheck` to return; an error stops the start of the server. */
export function checkError(id: string, message: string, hint: string): CheckMessage {
  return { level: 'error', id, message, hint };
}

/** A warning for `SystemCheck` to return; it is printed and stops nothing. */
export function checkWarning(id: string, message: string, hint: string): CheckMessage {
  return { level: 'warning', id, message, hint };
}

/**
 * Run the checks in order, one after the other, and give back all that they found.
 * Django: django/core/checks/registry.py run_checks
 */
export async function runChecks(checks: readonly SystemCheck[]): Promise<CheckMessage[]> {
  const found: CheckMessage[] = [];
  for (const check of checks) {
    found.push(...(await check()));
  }
  return found;
}

/** `?: (auth.E013) message` and the hint below it, as Django prints a finding. */
export function formatCheckMessage(found: CheckMessage): string {
  return `${found.level.toUpperCase()} (${found.id}) ${found.message} ${found.hint}`;
}
