import { randomUUID } from 'node:crypto';
import { settings } from '@/lib/conf/settings';
import { MESSAGE_LEVELS, type Message, type MessageLevel, type MessageLink } from './constants';

/** What carries messages: the request of an action. The guard hands them on after the action. */
export type MessageRequest = { messages: Message[] };

/**
 * Tell the person something on the page they see next, once; the first part of it that is `link.text`
 * leads to a page of this site. Text below `settings.MESSAGE_LEVEL`
 * and empty text are dropped.
 * Django: contrib/messages/api.py add_message
 */
export function addMessage(
  request: MessageRequest,
  level: MessageLevel,
  text: string,
  link?: MessageLink,
): void {
  if (text === '' || MESSAGE_LEVELS[level] < settings.MESSAGE_LEVEL) return;
  request.messages.push({ id: randomUUID().slice(0, 8), level, text, ...(link && { link }) });
}

/** Something worth knowing. Django: messages.info */
export function info(request: MessageRequest, text: string): void {
  addMessage(request, 'info', text);
}

/**
 * What was asked for is done. Django: messages.success
 * @example
 * success(request, 'The article was saved.');
 */
export function success(request: MessageRequest, text: string, link?: MessageLink): void {
  addMessage(request, 'success', text, link);
}

/** Done, or not yet broken, but mind this. Django: messages.warning */
export function warning(request: MessageRequest, text: string): void {
  addMessage(request, 'warning', text);
}

/** It was not done. Django: messages.error */
export function error(request: MessageRequest, text: string): void {
  addMessage(request, 'error', text);
}
