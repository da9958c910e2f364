/**
 * What the rules of a model would refuse to somebody in the form of a row, each with the reason: the
 * form as a whole, fields by their names in the form, and choices of fields, by id.
 */
export type Locks = {
  form?: string;
  fields: Readonly<Record<string, string>>;
  choices: Readonly<Record<string, { ids: readonly number[]; reason: string }>>;
};
