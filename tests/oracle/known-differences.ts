import { strip } from '@/lib/core/strip';
import { python } from './oracle';

type Subject = 'email' | 'redirect';

/** Why Django's answer about these texts is not ours; what is not listed here is a failure. */
type Difference = { of: Subject; why: string; includes(text: string): boolean };

const [major = 0, minor = 0] = python?.version ?? [];

const isBefore = (version: readonly [major: number, minor: number]): boolean =>
  major < version[0] || (major === version[0] && minor < version[1]);

const DIFFERENCES: Difference[] = [
  {
    of: 'redirect',
    why: 'Before 5.0 Django had a URL parser of its own, in which a scheme might begin with a digit or sign.',
    includes: (url) => isBefore([5, 0]) && /^[0-9+.-][a-z0-9+.-]*:/i.test(strip(url)),
  },
  {
    of: 'redirect',
    why: 'The same parser kept tabs and line breaks inside a URL, which browsers and today’s drop.',
    includes: (url) => isBefore([5, 0]) && /[\t\n\r]/.test(url),
  },
  {
    of: 'redirect',
    why: 'Before 5.0 a URL might have any length, and now 2048 characters.',
    includes: (url) => isBefore([5, 0]) && url.length > 2048,
  },
  {
    of: 'email',
    why: 'Before 5.2 a top-level domain might hold digits or begin with a hyphen, and other scripts were converted by IDNA 2003 first.',
    includes: (email) =>
      isBefore([5, 2]) && /@.*[^\0-\x7f]|\.(-[a-z0-9-]*|[a-z0-9-]*\d[a-z0-9-]*)$/i.test(email),
  },
  {
    of: 'email',
    why: 'A local part in quotes is refused here. See docs/differences.md.',
    includes: (email) => /^".*"@/s.test(email),
  },
];

/** Whether a text is one of those that Django is known to judge otherwise. */
export function differsFromDjango(of: Subject, text: string): boolean {
  return DIFFERENCES.some((difference) => difference.of === of && difference.includes(text));
}
