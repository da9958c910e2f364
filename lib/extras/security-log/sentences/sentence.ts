import { actSentence } from './acts';
import { rightsSentence } from './rights';
import { signInSentence } from './sign-ins';
import { Detail, phrases, type Sentence, type Told, type Words } from './words';

/**
 * An entry of the log as people say it: who did what to whom, with what changed. An event that has no
 * words here is told by its name. Never throws, whatever stands in the table.
 * Django: no counterpart; LogEntry.get_change_message
 */
export function sentenceOf(entry: Told, words: Words): Sentence {
  const detail = new Detail(entry.detail);
  const actor = words.person(entry.actorId, entry.actorUsername);
  const isKnown = entry.targetId !== null || entry.targetUsername !== '';
  const isOwn = entry.actorId !== null && (!isKnown || entry.targetId === entry.actorId);
  const who = actor.text === '' ? { text: 'Somebody' } : actor;
  const whom = isKnown ? words.person(entry.targetId, entry.targetUsername) : who;
  const people = { who, whom, isKnown, isOwn };
  const told =
    entry.event === 'privilege_permissions_changed'
      ? rightsSentence(who, entry, detail, words)
      : (signInSentence(entry.event, people, detail) ?? actSentence(entry.event, people, detail));
  const { parts, tone } = told ?? { parts: phrases(who, `: ${entry.event}`), tone: 'plain' };
  if (entry.subjectId === null) return { parts, tone };
  const as = words.person(entry.subjectId, entry.subjectUsername);
  return { parts: [...parts, ...phrases(' (acting as ', as, ')')], tone };
}
