import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError } from '@/lib/core/checks/registry';

/** A time to act as somebody that is none, or as long as a session of one's own. */
export function checkHijack(): CheckMessage[] {
  const { HIJACK_AGE } = settings;
  if (Number.isSafeInteger(HIJACK_AGE) && HIJACK_AGE >= 60 && HIJACK_AGE <= 86_400) return [];
  return [
    checkError(
      'hijack.E001',
      'HIJACK_AGE is no time to act as somebody.',
      'Give 60 to 86400 seconds.',
    ),
  ];
}
