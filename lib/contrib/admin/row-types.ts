import type { ModelKey } from '@/lib/apps/installed';
import type { Prisma } from '@/lib/db/client';
import type { MODEL_META } from '@/lib/generated/model-meta';

type Models = typeof MODEL_META;
type PrismaName = keyof Models;

type Joined<A extends string> = A extends `${infer B}-${infer C}` ? `${B}${Joined<C>}` : A;

// A model is named by itself, or by its app and itself where another app has one of that name.
type PrismaNameOf<K extends ModelKey> = K extends `${infer A}.${infer M}`
  ? [NamedBy<`${Joined<A>}${M}`>] extends [never]
    ? NamedBy<M>
    : NamedBy<`${Joined<A>}${M}`>
  : never;

type NamedBy<M extends string> = {
  [N in PrismaName]: Lowercase<N> extends M ? N : never;
}[PrismaName];

type Fields<K extends ModelKey> = Models[PrismaNameOf<K>]['fields'];

/** The names of a model's fields in TypeScript, without those that only other tables have. */
export type FieldName<K extends ModelKey> = Exclude<
  { [F in keyof Fields<K>]: Fields<K>[F] extends { kind: 'reverse' } ? never : F }[keyof Fields<K>],
  'password'
> &
  string;

type Types = {
  id: number;
  integer: number;
  bigint: bigint;
  float: number;
  decimal: Prisma.Decimal;
  text: string;
  uuid: string;
  boolean: boolean;
  datetime: Date;
  date: Date;
  time: Date;
  json: Prisma.JsonValue;
  bytes: Uint8Array;
  enum: string;
};

type IdTypes = { bigint: bigint; text: string; uuid: string };

type TypeOf<F, T extends keyof Types> = F extends { idType: infer I extends keyof IdTypes }
  ? IdTypes[I]
  : F extends { values: readonly (readonly [infer V, string])[] }
    ? V
    : Types[T];

type ValueOf<F> = F extends { kind: infer T extends keyof Types; isRequired: infer R }
  ? R extends true
    ? TypeOf<F, T>
    : TypeOf<F, T> | null
  : F extends { kind: 'foreignKey'; to: infer T extends PrismaName; isRequired: infer R }
    ? R extends true
      ? Scalars<T>
      : Scalars<T> | null
    : never;

type Scalars<P extends PrismaName> = {
  -readonly [F in keyof Models[P]['fields'] as Models[P]['fields'][F] extends {
    kind: keyof Types;
  }
    ? Exclude<F, 'password'>
    : never]: ValueOf<Models[P]['fields'][F]>;
};

/**
 * A row as the admin reads it: its own columns but never a password, and the rows that its foreign
 * keys name, without theirs.
 */
export type RowOf<K extends ModelKey> = Scalars<PrismaNameOf<K>> & {
  -readonly [F in keyof Fields<K> as Fields<K>[F] extends { kind: 'foreignKey' }
    ? F
    : never]: ValueOf<Fields<K>[F]>;
};

type IdOf<P> = P extends PrismaName
  ? TypeOf<Models[P]['fields']['id' & keyof Models[P]['fields']], 'id'>
  : never;

/**
 * What a form holds of these fields: values by field name, of a foreign key the id under the name that
 * Prisma writes it by.
 */
export type FormValues<K extends ModelKey, F extends FieldName<K>> = {
  -readonly [N in F as Fields<K>[N] extends { kind: 'foreignKey'; scalar: infer S extends string }
    ? S
    : N]: Fields<K>[N] extends { kind: 'foreignKey'; to: infer T; isRequired: infer R }
    ? R extends true
      ? IdOf<T>
      : IdOf<T> | null
    : ValueOf<Fields<K>[N]>;
};
