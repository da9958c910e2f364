/** Somebody of the demonstration, by the fields of AbstractUser, and their group. */
export type Person = {
  username: string;
  firstName: string;
  lastName: string;
  email: string;
  group: string;
  isActive: boolean;
};

/** The demonstration people: one per group, two whose names try the pages' width, one shut out. */
export const PEOPLE: readonly Person[] = [
  {
    username: 'ada',
    firstName: 'Ada',
    lastName: 'Lovelace',
    email: 'ada@example.com',
    group: 'Writers',
    isActive: true,
  },
  {
    username: 'grace',
    firstName: 'Grace',
    lastName: 'Hopper',
    email: 'grace@example.com',
    group: 'Editors',
    isActive: true,
  },
  {
    username: 'edsger',
    firstName: 'Edsger',
    lastName: 'Dijkstra',
    email: 'edsger@example.com',
    group: 'Readers',
    isActive: true,
  },
  {
    username: 'maximiliane.hohenstein-schwarzenberg',
    firstName: 'Maximiliane Friederike Wilhelmine',
    lastName: 'Freifrau von und zu Hohenstein-Schwarzenberg-Oberammergau',
    email: 'maximiliane.hohenstein-schwarzenberg@vermessungsverwaltung.example.com',
    group: 'Writers',
    isActive: true,
  },
  {
    username: 'فاطمة',
    firstName: 'فاطمة',
    lastName: 'الفهرية',
    email: 'fatima@example.com',
    group: 'Readers',
    isActive: true,
  },
  {
    username: 'alan',
    firstName: 'Alan',
    lastName: 'Turing',
    email: 'alan@example.com',
    group: 'Writers',
    isActive: false,
  },
];
