import { ValidationError } from '@/lib/core/exceptions';
import { isTaken, isUniqueViolation } from './errors';
import { databaseFault } from './faults';

/**
 * Do one write, and where it fails because the value of a unique column is taken, throw the
 * ValidationError of that column instead, with code `unique`: `columns` has the words of each. Which
 * value is taken only the database knows for certain, so nothing is asked before. On PostgreSQL a
 * transaction around it is lost with the write, so it must be the last of one or stand alone.
 * Django: Model.validate_unique, which asks first, and IntegrityError where that was too early
 * @example
 * await refuseTaken('auth_group', { name: 'Group with this name already exists.' }, () =>
 *   db.group.create({ data: { name: 'Editors' } }),
 * );
 */
export async function refuseTaken<T>(
  table: string,
  columns: Readonly<Record<string, string>>,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const taken = Object.entries(columns).find(([column]) => isTaken(error, table, column));
    if (!taken) throw error;
    const [column, message] = taken;
    throw new ValidationError(message, 'unique', column);
  }
}

/**
 * Do something that may fail because a value is taken by then: of two who take the same one at once,
 * the second is told so by her second try, which finds it. Each try is a transaction of its own, and
 * leaves nothing behind if it fails.
 * Django: no counterpart; there the second of the two is answered with an IntegrityError
 */
export async function trySecondTime<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    // A number that is taken is a fault of the database's, which a second try would only hide.
    if (!isUniqueViolation(error) || databaseFault(error)) throw error;
    return attempt();
  }
}
