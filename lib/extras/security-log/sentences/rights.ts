import type { Phrase } from '@/lib/contrib/admin/list/shown/rich-cells';
import { someOf } from '@/lib/core/text';
import { counted, type Detail, phrases, type Sentence, type Told, type Words } from './words';

/**
 * A change of what somebody, or everybody in a group, may do: "admin took Can publish article from
 * Moderators (34 people)".
 */
export function rightsSentence(who: Phrase, entry: Told, detail: Detail, words: Words): Sentence {
  const name = detail.text('group');
  if (name !== '')
    return groupSentence(who, words.group(detail.number('groupId'), name), detail, words);
  const whom = words.person(entry.targetId, entry.targetUsername);
  const acts = [
    ...accountActs(detail),
    ...permissionActs(detail, words),
    ...groupActs(detail, words),
  ];
  const tone = detail.flag('isSuperuser') === true ? 'danger' : 'warning';
  if (acts.length === 0) {
    return { parts: phrases(who, ' changed what ', whom, ' may do'), tone };
  }
  // The person is named once; after it everybody knows whom it is about.
  const [first, ...others] = acts;
  const parts = [
    ...phrases(' ', ...(first?.(whom) ?? [])),
    ...others.flatMap((act, i) =>
      phrases(i === others.length - 1 ? ' and ' : ', ', ...act({ text: 'them' })),
    ),
  ];
  return { parts: [who, ...parts, ...phrases(afterwards(detail))], tone };
}

type Act = (whom: Phrase) => (string | Phrase)[];

function accountActs(detail: Detail): Act[] {
  const acts: Act[] = [];
  const isActive = detail.flag('isActive');
  if (detail.text('act') === 'offboarded') acts.push((whom) => ['let ', whom, ' go']);
  else if (isActive === false) acts.push((whom) => ['deactivated ', whom]);
  if (isActive === true) acts.push((whom) => ['activated ', whom]);
  for (const [flag, what] of [
    ['isStaff', 'staff'],
    ['isSuperuser', 'a superuser'],
  ] as const) {
    const value = detail.flag(flag);
    if (value === true) acts.push((whom) => ['made ', whom, ` ${what}`]);
    if (value === false) acts.push((whom) => ['made ', whom, ` no longer ${what}`]);
  }
  return acts;
}

function permissionActs(detail: Detail, { permission }: Words): Act[] {
  const [given, taken] = [detail.list('given'), detail.list('taken')];
  const acts: Act[] = [];
  if (given.length > 0) {
    acts.push((whom) => ['gave ', whom, ` ${someOf(given.map(permission))}`]);
  }
  if (taken.length > 0) {
    acts.push((whom) => [`took ${someOf(taken.map(permission))} from `, whom]);
  }
  return acts;
}

function groupActs(detail: Detail, { group }: Words): Act[] {
  const named = (names: readonly string[]) => someOf(names.map((name) => group(null, name).text));
  const [given, taken] = [detail.list('groupsGiven'), detail.list('groupsTaken')];
  const acts: Act[] = [];
  if (given.length > 0) acts.push((whom) => ['put ', whom, ` into ${named(given)}`]);
  if (taken.length > 0) acts.push((whom) => ['took ', whom, ` out of ${named(taken)}`]);
  return acts;
}

function groupSentence(
  who: Phrase,
  group: Phrase,
  detail: Detail,
  { permission }: Words,
): Sentence {
  const [given, taken] = [detail.list('given'), detail.list('taken')];
  const members = detail.number('members');
  const people = members === null ? '' : ` (${counted(members, 'person', 'people')})`;
  const gave = given.length > 0 ? [' gave ', group, ` ${someOf(given.map(permission))}`] : [];
  const took = [`took ${someOf(taken.map(permission))} from `, given.length > 0 ? 'it' : group];
  const both = given.length > 0 ? ' and ' : ' ';
  const parts = phrases(who, ...gave, ...(taken.length > 0 ? [both, ...took] : []), people);
  if (given.length + taken.length > 0) return { parts, tone: 'warning' };
  return { parts: phrases(who, ' changed ', group, people), tone: 'warning' };
}

function afterwards(detail: Detail): string {
  const sessions = detail.number('sessionsEnded');
  const tokens = detail.number('tokensEnded');
  const ended = [
    ...(sessions ? [counted(sessions, 'session')] : []),
    ...(tokens ? [counted(tokens, 'token')] : []),
  ];
  const reason = detail.text('reason');
  const over = ended.length > 0 ? `; ${ended.join(' and ')} ended` : '';
  return reason === '' ? over : `${over}: ${reason}`;
}
