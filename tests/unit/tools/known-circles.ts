/** Files of lib that import one another in a circle, by types mostly: to become fewer, never more. */
export const KNOWN_CIRCLES: readonly (readonly string[])[] = [];
