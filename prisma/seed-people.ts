import { getUserModel, type UserRecord } from '@/lib/contrib/auth/users/user-model';
import { PEOPLE, type Person } from './seed-data';

/** What a demonstration person signs in with: the username, or the address where that is the name. */
export function demoName(username: string): string {
  const { USERNAME_FIELD, EMAIL_FIELD } = getUserModel();
  const person = PEOPLE.find((each) => each.username === username);
  return USERNAME_FIELD === EMAIL_FIELD ? (person?.email ?? username) : username;
}

/**
 * The row of a demonstration person, of the fields that the model has; the rest is what `newRow`
 * gives.
 */
export function demoValues(person: Omit<Person, 'group'>, password: string): UserRecord {
  const { columns, USERNAME_FIELD, EMAIL_FIELD, newRow } = getUserModel();
  const own = Object.entries(person).filter(([name]) => name in columns);
  return {
    ...newRow(),
    ...Object.fromEntries(own),
    [EMAIL_FIELD]: person.email,
    [USERNAME_FIELD]: demoName(person.username),
    password,
  };
}
