import { SuspiciousOperation } from '@/lib/core/exceptions';
import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';
import { hasNul } from '@/lib/forms/fields';
import type { Identity, ToldName } from './adapter';
import { issuerOf, presetOf } from './configured';
import { type Claims, saysVerified } from './presets';

/** More groups than this are not read, and none are changed. */
const MOST_GROUPS = 200;

type Told = {
  claims: Claims;
  idToken: string;
  name?: ToldName | undefined;
};

/**
 * Who somebody is, by the claims of a token that was verified. An address counts as theirs where the
 * provider calls it verified and the settings trust it to. Throws for claims that no column holds.
 */
export function identityOf(setting: ProviderSetting, { claims, idToken, name }: Told): Identity {
  const issuer = textOf(claims, 'iss', 255);
  const subject = textOf(claims, 'sub', 191);
  if (issuer === '' || subject === '') {
    throw new SuspiciousOperation('The provider names nobody whom this site could keep.');
  }
  const email = textOf(claims, 'email', 254);
  const isVerified = presetOf(setting)?.isEmailVerified ?? saysVerified;
  return {
    provider: setting.id,
    issuer,
    subject,
    email: /^[^\s@]+@[^\s@]+$/.test(email) ? email : '',
    isEmailVerified: setting.trustEmail === true && isVerified(claims, issuerOf(setting)),
    name: textOf(claims, 'name', 301),
    givenName: textOf(claims, 'given_name', 150) || (name?.given ?? ''),
    familyName: textOf(claims, 'family_name', 150) || (name?.family ?? ''),
    preferredUsername: textOf(claims, 'preferred_username', 150),
    groups: setting.groups ? groupsIn(claims, setting.groups.claim) : [],
    sid: textOf(claims, 'sid', 255),
    idToken,
    hasSecondFactor: setting.trustAmr === true && hasFactor(claims['amr']),
  };
}

// What is longer than its column is no value of it: cut, it would be somebody else's.
function textOf(claims: Claims, name: string, length: number): string {
  const value = claims[name];
  const text = typeof value === 'string' ? value.trim() : '';
  return text.length > length || hasNul(text) ? '' : text;
}

/**
 * The groups of somebody in a claim: none where it is left out, as providers do for whoever is in none.
 * Null for too many to be told: `_claim_names` is Entra's word for it.
 */
function groupsIn(claims: Claims, claim: string): string[] | null {
  const elsewhere = claims['_claim_names'];
  const isElsewhere = typeof elsewhere === 'object' && elsewhere !== null && claim in elsewhere;
  if (isElsewhere || claims['hasgroups'] === true) return null;
  const value = claims[claim] ?? [];
  const listed: readonly unknown[] = Array.isArray(value) ? value : [value];
  const names = listed.filter((each) => typeof each === 'string');
  return names.length > MOST_GROUPS ? null : names;
}

// RFC 8176: several factors, or a key in hardware.
function hasFactor(amr: unknown): boolean {
  return Array.isArray(amr) && (amr.includes('mfa') || amr.includes('hwk'));
}
