import type { PermissionName } from '@/lib/apps/installed';

type Draft = { title: string; body: string; author: string; isPublished: boolean };

/** The demonstration groups and what each may do with articles. */
export const GROUPS: Record<string, PermissionName[]> = {
  Readers: ['articles.view_article'],
  Writers: ['articles.view_article', 'articles.add_article', 'articles.change_article'],
  Editors: [
    'articles.view_article',
    'articles.add_article',
    'articles.change_article',
    'articles.delete_article',
    'articles.publish_article',
  ],
};

/** The demonstration articles, oldest first. */
export const ARTICLES: readonly Draft[] = [
  {
    title: 'Who may do what',
    author: 'grace',
    isPublished: true,
    body: 'Nobody is allowed anything here because of who they are. A permission is a row; a group is a list of such rows; a person is in groups. Take somebody out of a group and they feel it at their next click, because every page asks the database and none asks the cookie.',
  },
  {
    title: 'A permission of your own',
    author: 'ada',
    isPublished: true,
    body: 'Each model comes with four permissions: add, change, delete and view. Publishing an article is none of the four, so the article declares a fifth, beside its name, in one line. The next migration makes the row, the admin offers it, and a misspelt name does not compile.',
  },
  {
    title: 'Why sessions live in a table',
    author: 'grace',
    isPublished: true,
    body: 'A cookie that carries everything cannot be taken back. The cookie here carries a random key and little else; what it opens is a row, and a deleted row opens nothing. That is all there is to signing out everywhere.',
  },
  {
    title: 'Two frameworks, one database',
    author: 'ada',
    isPublished: true,
    body: 'The tables are those that Django makes, to the name of the last index. A Django site may run on the same database: people, groups and passwords are the same there and here.',
  },
  {
    title: 'What a wrong password costs',
    author: 'maximiliane.hohenstein-schwarzenberg',
    isPublished: true,
    body: 'As much as a right one, and as much as a name that nobody has. An answer that came sooner would tell which names exist.',
  },
  {
    title: 'Rechtschutzversicherungsgesellschaften und andere lange Wörter in Überschriften',
    author: 'maximiliane.hohenstein-schwarzenberg',
    isPublished: false,
    body: 'Ein Entwurf, der nur zeigt, dass ein langes Wort die Seite nicht breiter macht, als das Telefon ist.',
  },
  {
    title: 'مسودة قصيرة',
    author: 'ada',
    isPublished: false,
    body: 'هذه مسودة قصيرة، تُكتب من اليمين إلى اليسار، ولا يراها إلا من يحقّ له أن يغيّر المقالات.',
  },
  {
    title: 'Notes for the next issue',
    author: 'ada',
    isPublished: false,
    body: 'A draft. Its author sees it, and whoever may change or publish articles; a reader is told that there is no such page.',
  },
];
