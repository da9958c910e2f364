import { getUserModel } from './user-model';

/** What somebody is known by: the fields of the name and the address, once where they are one. */
export function nameFields(): { field: string; of: 'username' | 'email' }[] {
  const { USERNAME_FIELD, EMAIL_FIELD } = getUserModel();
  const name = { field: USERNAME_FIELD, of: 'username' as const };
  const email = { field: EMAIL_FIELD, of: 'email' as const };
  return USERNAME_FIELD === EMAIL_FIELD ? [email] : [name, email];
}

/**
 * The fields of a change, by their names in TypeScript, that touch who somebody is or whether they
 * may come in: name, address, waking or putting to sleep, and staff status where it is given, which
 * wakes in the admin all that they hold. `before` is the row as it was.
 */
export function identityFields(before: object, next: Readonly<Record<string, unknown>>): string[] {
  const fields = nameFields()
    .filter(({ field, of }) => field in next && next[field] !== formerValue(before, field, of))
    .map(({ field }) => field);
  if ('isActive' in next && next['isActive'] !== Reflect.get(before, 'isActive')) {
    fields.push('isActive');
  }
  if (next['isStaff'] === true && Reflect.get(before, 'isStaff') !== true) fields.push('isStaff');
  return fields;
}

// An account has its name and its address under these names; a row under those of its fields.
function formerValue(before: object, field: string, of: string): unknown {
  return Reflect.get(before, field in before ? field : of);
}
