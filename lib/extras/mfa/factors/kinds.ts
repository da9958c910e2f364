import { settings } from '@/lib/conf/settings';
import type { FactorKind } from './factor-kind';
import { passkeyKind } from './passkey-kind';
import { recoveryCodesKind } from './recovery-codes-kind';
import { totpKind } from './totp-kind';

/** Every kind there is, supported or not, in the order in which they are asked for and shown. */
export const ALL_KINDS: readonly FactorKind[] = [totpKind, recoveryCodesKind, passkeyKind];

/** The kinds that settings.MFA_SUPPORTED_TYPES lists. */
export function factorKinds(): FactorKind[] {
  const supported: readonly string[] = settings.MFA_SUPPORTED_TYPES;
  return ALL_KINDS.filter(({ name }) => supported.includes(name));
}

/** Those of them that satisfy settings.MFA_REQUIRED: as MFA_REQUIRED_TYPES says, or all. */
export function requiredKinds(): FactorKind[] {
  const types: readonly string[] = settings.MFA_REQUIRED_TYPES;
  return factorKinds().filter(({ name }) => types.length === 0 || types.includes(name));
}

/** The supported kind of a name from outside, or null. */
export function findFactorKind(name: unknown): FactorKind | null {
  return factorKinds().find((kind) => kind.name === name) ?? null;
}
