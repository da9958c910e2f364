/**
 * The levels and their weights; `settings.MESSAGE_LEVEL` is the lowest weight that is kept.
 * Django: contrib/messages/constants.py
 */
export const MESSAGE_LEVELS = { debug: 10, info: 20, success: 25, warning: 30, error: 40 } as const;

/** The name of a level, as a person's screen reader and the style sheet know it. */
export type MessageLevel = keyof typeof MESSAGE_LEVELS;

/** A part of a message's text that leads to a page of this site; `href` is a path. */
export type MessageLink = { text: string; href: string };

/** One message to a person: plain text, escaped when it is shown. `id` is unique among messages. */
export type Message = { id: string; level: MessageLevel; text: string; link?: MessageLink };
