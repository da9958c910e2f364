import {
  type AppDeclaration,
  DEFAULT_PERMISSIONS,
  declaredModels,
  type ModelDeclaration,
  permissionsOf,
} from '@/lib/apps/define-app';
import { installedApps } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { codePointLength } from '@/lib/forms/fields';
import { getBackends } from './backends';
import { getHashers } from './hashers';
import { checkUserModel } from './users/checks/user-model-checks';
import { getUserModel } from './users/user-model';

const CODENAME_MAX_LENGTH = 100;
const LABEL_MAX_LENGTH = 255;

/**
 * Backends, hashers and a user model that do not exist or contradict themselves, work factors that no hasher can work with,
 * and declared permissions that clash or do not fit their columns.
 * Django: contrib/auth/checks.py check_user_model, check_models_permissions
 */
export function checkAuthentication(): CheckMessage[] {
  const hint = 'Correct it in lib/site/settings.ts, or register what it names.';
  const noModel = misconfigured('auth.E103', hint, getUserModel);
  return [
    ...misconfigured('auth.E101', hint, getBackends),
    ...misconfigured('auth.E102', hint, getHashers),
    ...noModel,
    ...(noModel.length > 0 ? [] : checkUserModel(getUserModel())),
    ...checkWorkFactors(),
    ...checkPermissions(installedApps()),
  ];
}

/**
 * Permissions of the declared models that clash or are too long: a codename holds 100 characters, a
 * label 255.
 * Django: contrib/auth/checks.py check_models_permissions
 */
export function checkPermissions(apps: readonly AppDeclaration[]): CheckMessage[] {
  return declaredModels(apps).flatMap(({ appLabel, model, declaration }) =>
    checkModel(`${appLabel}.${model}`, model, declaration),
  );
}

function checkModel(name: string, model: string, declaration: ModelDeclaration): CheckMessage[] {
  const { length: builtInCount } = declaration.defaultPermissions ?? DEFAULT_PERMISSIONS;
  const seen = new Map<string, boolean>();
  return permissionsOf(model, declaration).flatMap(([codename, label], index) => {
    const isBuiltIn = index < builtInCount;
    const clash = seen.get(codename);
    seen.set(codename, isBuiltIn);
    return [
      ...tooLong(
        isBuiltIn ? 'auth.E007' : 'auth.E008',
        `label "${label}"`,
        label,
        LABEL_MAX_LENGTH,
      ),
      ...tooLong(
        isBuiltIn ? 'auth.E011' : 'auth.E012',
        `codename "${codename}"`,
        codename,
        CODENAME_MAX_LENGTH,
      ),
      ...(clash === undefined ? [] : [clashing(clash ? 'auth.E005' : 'auth.E006', codename)]),
    ];
  });

  function tooLong(id: string, what: string, text: string, max: number): CheckMessage[] {
    if (codePointLength(text) <= max) return [];
    const message = `The permission ${what} of ${name} is longer than ${max} characters.`;
    return [checkError(id, message, 'Shorten it in the declaration of the app.')];
  }

  function clashing(id: string, codename: string): CheckMessage {
    const message = `The permission "${codename}" of ${name} is declared twice.`;
    return checkError(id, message, 'Rename or remove one; the built-in ones count too.');
  }
}

/**
 * A bcrypt that is cheaper than OWASP's least, as tests want it, where others can reach the server.
 * OWASP: Password Storage Cheat Sheet
 */
export function checkHashingCost(): CheckMessage[] {
  if (settings.BCRYPT_ROUNDS >= 10) return [];
  const message = `BCRYPT_ROUNDS is ${settings.BCRYPT_ROUNDS}: stolen hashes would be guessed quickly.`;
  return [checkWarning('auth.W106', message, 'Take it out of the environment; 12 is the default.')];
}

function checkWorkFactors(): CheckMessage[] {
  const found: CheckMessage[] = [];
  if (!isWholeNumber(settings.BCRYPT_ROUNDS, 4, 31)) {
    const message = 'BCRYPT_ROUNDS must be a whole number from 4 to 31.';
    found.push(checkError('auth.E104', message, 'Set it to 12, its default, or more.'));
  }
  if (!isWholeNumber(settings.PBKDF2_ITERATIONS, 1, 2_147_483_647)) {
    const message = 'PBKDF2_ITERATIONS must be a whole number from 1 to 2147483647.';
    found.push(checkError('auth.E105', message, 'Set it to 1200000, its default, or more.'));
  }
  return found;
}

function misconfigured(id: string, hint: string, look: () => unknown): CheckMessage[] {
  try {
    look();
    return [];
  } catch (error) {
    if (!(error instanceof ImproperlyConfigured)) throw error;
    return [checkError(id, error.message, hint)];
  }
}

function isWholeNumber(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
