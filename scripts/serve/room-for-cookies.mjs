/**
 * The head of a request that Node.js takes, in bytes, as an option of its own: other sites of the same
 * host name fill 16 KiB, its default, with cookies of theirs, and are all sent here.
 */
export const ROOM_FOR_COOKIES = '--max-http-header-size=65536';
