/**
 * A comment for statements whose best plan depends on their values: what half a table fits is read
 * otherwise than what nothing fits. PostgreSQL plans them for the values each time, where it would
 * otherwise settle on one plan for all after a while.
 */
export const PLANNED_EACH_TIME = '/* planned each time */';
