import { z } from 'zod';
import { type FieldMeta, getField, modelMeta } from '@/lib/contrib/admin/meta';
import type { User } from '@/lib/contrib/auth/models';
import { validatePassword } from '@/lib/contrib/auth/password-validation';
import type { PasswordSubject } from '@/lib/contrib/auth/password-validation/subject';
import {
  findUserByName,
  formName as formNameOf,
  getUserModel,
  type UserModel,
  type UserRecord,
  verboseName,
} from '@/lib/contrib/auth/users/user-model';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { hasNul, NULL_CHARACTERS } from '@/lib/forms/fields';
import { userField } from './user-fields';

const REQUIRED = 'This field is required.';

// Django sends `true` for a password that can be used, and reads everything else as not.
const usablePassword = z
  .string()
  .default('true')
  .transform((text) => text !== 'false');

const passwordFields = {
  usable_password: usablePassword,
  password1: z.string().default(''),
  password2: z.string().default(''),
};

type Passwords = { usable_password: boolean; password1: string; password2: string };

/**
 * The fields that a new user cannot do without: the name, and what the model requires and no form
 * may leave empty.
 * Django: UserCreationForm.Meta.fields
 */
export function newUserFields(model = getUserModel()): FieldMeta[] {
  const meta = modelMeta(userModelKey(model));
  const { USERNAME_FIELD, REQUIRED_FIELDS } = model;
  const required = REQUIRED_FIELDS.filter((name) => !getField(meta, name).isBlank);
  return [...new Set([USERNAME_FIELD, ...required])].map((name) => getField(meta, name));
}

/**
 * The first step of adding a user: the fields of `newUserFields` by their names in forms, and either
 * both passwords or none to be used. For `parseFormAsync`.
 * Django: contrib/auth/forms.py AdminUserCreationForm
 */
export function newUserForm(model = getUserModel()) {
  const fields = newUserFields(model);
  const named = fields.map(
    (field) => [field.formName, userField(model, field.name, NEEDED)] as const,
  );
  // What the form asks for depends on the model; the passwords it always has.
  const form: z.ZodType<Passwords & UserRecord, object> = z.object({
    ...Object.fromEntries(named),
    ...passwordFields,
  });
  return form.superRefine(async (typed, context) => {
    const [name = ''] = [newUserValues(typed, model)[model.USERNAME_FIELD]].map(String);
    if (await findUserByName(name, model)) {
      const path = [formNameOf(model.USERNAME_FIELD)];
      context.addIssue({ code: 'custom', message: takenName(model), path });
    }
    await judge(typed, subjectOf(model, typed), context);
  });
}

/**
 * What is said of a name that somebody has.
 * Django: the model's unique error message
 */
export function takenName(model: UserModel): string {
  return `A user with that ${verboseName(model, model.USERNAME_FIELD)} already exists.`;
}

/** What such a form says beside the password, by the names of fields. */
export function newUserValues(typed: object, model = getUserModel()): UserRecord {
  const values = newUserFields(model).map(({ name, formName }) => [
    name,
    Reflect.get(typed, formName),
  ]);
  return Object.fromEntries(values);
}

const NEEDED = { isBlank: false };

function subjectOf(model: UserModel, typed: object): PasswordSubject {
  const values = newUserValues(typed, model);
  const textOf = (name: string) => String(values[name] ?? '');
  return {
    username: textOf(model.USERNAME_FIELD),
    firstName: textOf('firstName'),
    lastName: textOf('lastName'),
    email: textOf(model.EMAIL_FIELD),
  };
}

/**
 * The form with which somebody sets another's password, or takes it away. For `parseFormAsync`.
 * Django: contrib/auth/forms.py AdminPasswordChangeForm
 */
export function AdminPasswordForm(user: User) {
  return z.object(passwordFields).superRefine((typed, context) => judge(typed, user, context));
}

async function judge(typed: Passwords, user: PasswordSubject, context: z.RefinementCtx) {
  if (!typed.usable_password) return;
  const { password1, password2 } = typed;
  const add = (field: string, message: string) =>
    context.addIssue({ code: 'custom', message, path: [field] });
  for (const field of ['password1', 'password2'] as const) {
    if (typed[field] === '') add(field, REQUIRED);
    if (hasNul(typed[field])) add(field, NULL_CHARACTERS);
  }
  if ([password1, password2].some((text) => text === '' || hasNul(text))) return;
  const errors =
    password1 === password2
      ? await validatePassword(password1, user)
      : ['The two password fields didn’t match.'];
  for (const message of errors) add('password2', message);
}
