/** Who somebody is at a provider, as it has vouched for. Only `issuer` and `subject` tell people apart. */
export type Identity = {
  readonly provider: string;
  readonly issuer: string;
  readonly subject: string;
  /** '' for none; `isEmailVerified` says whether it is believed to be theirs. */
  readonly email: string;
  readonly isEmailVerified: boolean;
  readonly name: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly preferredUsername: string;
  /** Null where the provider could not tell them all: then nothing is made of them. */
  readonly groups: readonly string[] | null;
  /** The session there; '' where it has no name. */
  readonly sid: string;
  /** '' for a provider that is not of OpenID Connect. */
  readonly idToken: string;
  /** Whether its word that a second factor was shown counts. */
  readonly hasSecondFactor: boolean;
};

/** What a sign-in is tied to at both ends. */
export type Secrets = { readonly state: string; readonly nonce: string; readonly verifier: string };

/** What somebody has told Apple that they are called, which it tells once. */
export type ToldName = { readonly given: string; readonly family: string };

/** What an answer is, and what it must fit. */
export type ProviderAnswer = {
  /** Ours, with all that the provider has put behind it. */
  readonly url: URL;
  readonly secrets: Secrets;
  /** What it has sent once and beside its token: Apple's `user`. */
  readonly name?: ToldName;
};

/**
 * A provider, whatever it speaks: where to send people, and who they turn out to be. What is wrong with
 * an answer is thrown.
 * allauth: socialaccount/providers/base/provider.py Provider
 */
export type ProviderAdapter = {
  begin(secrets: Secrets, redirectUri: string): Promise<URL>;
  identify(answer: ProviderAnswer): Promise<Identity>;
  /** Where signing out there begins; null where it offers none. */
  endSession(idToken: string, redirectUri: string): Promise<URL | null>;
};
