import { SuspiciousOperation } from '@/lib/core/exceptions';

/**
 * What a program sent breaks rules; answered with 400, `errors` by the names of its fields and under
 * '' what is wrong with the whole.
 * Django REST framework: exceptions.py ValidationError
 */
export class InvalidInput extends SuspiciousOperation {
  override name = 'InvalidInput';

  constructor(readonly errors: Readonly<Record<string, readonly string[]>>) {
    super('What was sent breaks the rules of its fields.');
  }
}

/** What was sent is of a type that the address does not take; answered with 415. */
export class UnsupportedMediaType extends Error {
  override name = 'UnsupportedMediaType';
}
