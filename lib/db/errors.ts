/**
 * Whether a write failed because its value is taken.
 * Django: db/utils.py IntegrityError; Prisma: P2002
 */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002';
}
