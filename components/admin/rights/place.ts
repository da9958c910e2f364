/** Where an action was asked for, if not in its list: what takes the form, what it carries, the way back. */
export type Place = {
  send: (form: FormData) => Promise<void>;
  back: string;
  carried: Readonly<Record<string, string>>;
};
