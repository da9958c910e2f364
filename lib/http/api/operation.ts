import type { z } from 'zod';
import type { PermissionName } from '@/lib/apps/installed';

/** What one address for programs does by one method: what goes in, what comes out, who may. */
export type Operation = {
  /** By which clients call it: `listArticles`. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With `{name}` for each of `params`: `/api/articles/{id}/`. */
  readonly path: string;
  readonly summary: string;
  /** What its guard asks for; null lets in everybody who is signed in or has a token. */
  readonly permission: PermissionName | null;
  /** Whether the permission may be held on a single object, so that the view asks and not the guard. */
  readonly isOnObject?: boolean;
  /** What is no such thing is answered with 404. */
  readonly params: z.ZodObject | null;
  readonly query: z.ZodObject | null;
  /** As JSON. */
  readonly body: z.ZodObject | null;
  /** Of a success. */
  readonly status: 200 | 201 | 204;
  /** As JSON; null with 204. What is not in it never leaves. */
  readonly answer: z.ZodType | null;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** What the app's addresses for programs do; the description of the API is made of it. */
    readonly operations?: readonly Operation[];
  }
}

/**
 * Declare an operation once: its handler reads what comes in and checks what goes out by it, its guard
 * asks for its permission, and the description of the API is made of it, so that they cannot disagree.
 * Django REST framework: a view's serializer_class and permission_classes
 * @example
 * export const readMe = defineOperation({
 *   id: 'readMe',
 *   method: 'GET',
 *   path: '/api/me/',
 *   summary: 'Who asks',
 *   permission: null,
 *   params: null,
 *   query: null,
 *   body: null,
 *   status: 200,
 *   answer: z.object({ username: z.string() }),
 * });
 */
export function defineOperation<const O extends Operation>(operation: O): O {
  return operation;
}
