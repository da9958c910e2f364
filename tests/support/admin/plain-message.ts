/** A message of the history as Django would have written it: without what fields were and became. */
export function plainMessage(changeMessage = ''): string {
  return changeMessage.replace(/, \{"was": .*\}\]$/, ']');
}
