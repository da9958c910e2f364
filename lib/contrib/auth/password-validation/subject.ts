/** Whose password it is, as far as a validator may want to know; a User is one. */
export type PasswordSubject = Partial<
  Record<'username' | 'firstName' | 'lastName' | 'email', string>
>;
