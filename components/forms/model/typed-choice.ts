import type { Choices } from './choice-fields';

/**
 * What is sent of a text that somebody typed to choose: the value of the one choice that has it for its
 * label, otherwise the text in quotation marks, which the server refuses. No id looks like that: nobody
 * who types a number means the row that has it, and of two with one label the text names neither.
 */
export function typedChoice(choices: Choices, typed: string): string {
  const [named, another] = choices.filter(([, label]) => label === typed);
  if (named && !another) return String(named[0]);
  return typed.trim() === '' ? '' : quoted(typed);
}

/** What people read of a value that is sent: the label of its choice, or the text that was typed. */
export function shownChoice(choices: Choices, value: string): string {
  const label = choices.find(([choice]) => String(choice) === value)?.[1];
  return label ?? /^“(.*)”$/s.exec(value)?.[1] ?? value;
}

/** Whether a value is sent for a text that chooses nothing. */
export function isOnlyTyped(value: string, text: string): boolean {
  return value === quoted(text);
}

function quoted(text: string): string {
  return `“${text}”`;
}
