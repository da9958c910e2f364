/**
 * The configuration cannot work; the message is one sentence that says what to change.
 * Django: django/core/exceptions.py ImproperlyConfigured
 */
export class ImproperlyConfigured extends Error {
  override name = 'ImproperlyConfigured';
}

/**
 * The user may not do this. Raised by guards, views and backends; a guard answers it with 403 and
 * the reasons, a backend that raises it in `authenticate` or a permission check stops the chain.
 * `perms` names what was missing, so that the 403 page can explain it.
 * Django: django/core/exceptions.py PermissionDenied
 */
export class PermissionDenied extends Error {
  override name = 'PermissionDenied';
  readonly perms: readonly string[];

  constructor(message = '', perms: readonly string[] = []) {
    super(message);
    this.perms = perms;
  }
}

/**
 * What came with a request to prove who makes it does not count; a guard answers with `status`, 400
 * for what is malformed, and with `challenge` as WWW-Authenticate. `message` says it in a sentence.
 * Django REST framework: exceptions.py AuthenticationFailed; RFC 6750 3.1
 */
export class AuthenticationFailed extends Error {
  override name = 'AuthenticationFailed';

  constructor(
    message: string,
    readonly challenge: string,
    readonly status: 400 | 401 = 401,
  ) {
    super(message);
  }
}

/**
 * There is no such object or page; a guard answers with 404.
 * Django: django/http/response.py Http404
 */
export class Http404 extends Error {
  override name = 'Http404';
}

/**
 * The request is malformed in a way no honest client produces; a guard answers with 400.
 * Django: django/core/exceptions.py SuspiciousOperation
 */
export class SuspiciousOperation extends Error {
  override name = 'SuspiciousOperation';
}

/**
 * A name of a file that leads out of its storage, or that no storage keeps.
 * Django: django/core/exceptions.py SuspiciousFileOperation
 */
export class SuspiciousFileOperation extends SuspiciousOperation {
  override name = 'SuspiciousFileOperation';
}

/**
 * More was sent at once than settings.DATA_UPLOAD_MAX_MEMORY_SIZE; answered with 413.
 * Django: django/core/exceptions.py RequestDataTooBig (a 400 there)
 */
export class RequestDataTooBig extends SuspiciousOperation {
  override name = 'RequestDataTooBig';
}

/**
 * The address does not take this method; a guard answers with 405 and those that it takes.
 * Django: http/response.py HttpResponseNotAllowed
 */
export class MethodNotAllowed extends Error {
  override name = 'MethodNotAllowed';
  readonly allowed: readonly string[];

  constructor(allowed: readonly string[]) {
    super(`Only ${allowed.join(', ')}.`);
    this.allowed = allowed;
  }
}

/**
 * The same was asked too often; a guard answers with 429. `retryAfter` is the wait in whole seconds.
 * An action whose form can say so itself answers with `refusedFormWith` instead.
 */
export class TooManyRequests extends Error {
  override name = 'TooManyRequests';
  readonly status = 429;
  readonly retryAfter: number;

  constructor(retryAfter: number, message = '') {
    super(message);
    this.retryAfter = retryAfter;
  }
}

/**
 * The work cannot be taken on now, because too much of it waits already; a guard answers with 503.
 * `retryAfter` is the wait in whole seconds.
 */
export class ServiceUnavailable extends Error {
  override name = 'ServiceUnavailable';
  readonly status = 503;
  readonly retryAfter: number;

  constructor(retryAfter: number, message = '') {
    super(message);
    this.retryAfter = retryAfter;
  }
}

/**
 * A value breaks a rule. `message` may be shown to a person, `code` is Django's name of the rule,
 * `field` the form's field that holds the value, where that is known.
 * Django: django/core/exceptions.py ValidationError
 */
export class ValidationError extends Error {
  override name = 'ValidationError';
  readonly code: string;
  readonly field: string | null;

  constructor(message: string, code: string, field: string | null = null) {
    super(message);
    this.code = code;
    this.field = field;
  }
}
