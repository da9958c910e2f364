/** Where a session keeps who acts in it as its user. */
export const IMPERSONATOR_KEY = '_impersonator';

/** What a session can hold. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [k: string]: Json };

/** The row of `auth_session`, as far as a session needs it. */
export type SessionRow = {
  id: number;
  userId: number | null;
  sessionData: string;
  created: Date;
  lastSeen: Date;
  expireDate: Date;
};

/** Who holds the session, for the list of one's devices. */
export type SessionClient = { ipAddress: string; userAgent: string };
