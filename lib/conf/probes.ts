import { settings } from './settings';

/**
 * Whether a path, with its last slash or without, is where a machine asks after this process: under any
 * host name, on plain http too, and without a line in the access log while all is well.
 */
export function isProbe(path: string): boolean {
  const { HEALTH_PATH, LIVENESS_PATH, READINESS_PATH } = settings;
  const address = path.endsWith('/') ? path : `${path}/`;
  return [HEALTH_PATH, LIVENESS_PATH, READINESS_PATH].includes(address);
}
