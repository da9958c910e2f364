/** Where a session keeps who acts in it as its user. */
export const IMPERSONATOR_KEY = '_impersonator';

/** Where a session keeps whose it is: the id, the backend, and the hash of their password, in this order. */
export const USER_NAMES = ['_auth_user_id', '_auth_user_backend', '_auth_user_hash'] as const;
export const BACKEND_NAME = USER_NAMES[1];

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
  /** Where the row itself says it, and not the seal. */
  untilBrowserCloses?: boolean;
};

/** Who holds the session, for the list of one's devices. */
export type SessionClient = { ipAddress: string; userAgent: string };
