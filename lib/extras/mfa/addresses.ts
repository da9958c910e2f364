/** One's own factors. */
export const OVERVIEW_PATH = '/accounts/2fa/';
/** Where an authenticator app is set up. */
export const ACTIVATE_PATH = '/accounts/2fa/totp/activate/';
/** Where a factor is given. */
export const AUTHENTICATE_PATH = '/accounts/2fa/authenticate/';
/** Where somebody on their way in sets up the factor that they need and have not. */
export const ENROLL_PATH = '/accounts/2fa/enroll/';
/** Where the first recovery codes are shown on the way in. */
export const ENROLL_CODES_PATH = '/accounts/2fa/enroll/recovery-codes/';
/** Somebody's passkeys, and where they add one. */
export const PASSKEYS_PATH = '/accounts/2fa/webauthn/';
export const ADD_PASSKEY_PATH = '/accounts/2fa/webauthn/add/';
/** Where one is used to confirm who somebody is, on a page of its own. */
export const CONFIRM_PASSKEY_PATH = '/accounts/2fa/webauthn/confirm/';
/** Where a browser is told what to ask for, and where its answer signs in. */
export const PASSKEY_OPTIONS_PATH = '/accounts/2fa/webauthn/options/';
export const PASSKEY_LOGIN_PATH = '/accounts/2fa/webauthn/login/';
/** Where new recovery codes are shown. */
export const GENERATE_PATH = '/accounts/2fa/recovery-codes/generate/';
