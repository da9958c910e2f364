import { randomUUID } from 'node:crypto';
import { settings } from '@/lib/conf/settings';
import { MESSAGE_LEVELS, type Message, type MessageLevel } from './constants';

/** What carries messages: the request of an action. The guard hands them on after the action. */
export type MessageRequest = { messages: Message[] };

/**
 * Tell the person something on the page they see next, once. Text below `settings.MESSAGE_LEVEL`
 * and empty text are dropped.
 * Django: contrib/messages/api.py add_message
 */
export function addMessage(request: MessageRequest, level: MessageLevel, text: string): void {
  if (text === '' || MESSAGE_LEVELS[level] < settings.MESSAGE_LEVEL) return;
  request.messages.push({ id: randomUUID().slice(0, 8), level, text });
}

/** Something worth knowing. Django: messages.info */
export function info(request: MessageRequest, text: string): void {
  addMessage(request, 'info', text);
}

/** What was asked for is done. Django: messages.success */
export function success(request: MessageRequest, text: string): void {
  addMessage(request, 'success', text);
}

/** Done, or not yet broken, but mind this. Django: messages.warning */
export function warning(request: MessageRequest, text: string): void {
  addMessage(request, 'warning', text);
}

/** It was not done. Django: messages.error */
export function error(request: MessageRequest, text: string): void {
  addMessage(request, 'error', text);
}
