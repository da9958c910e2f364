import { testEnvironment } from '@/tests/support/e2e/environment';
import { buildVariant, type Changes } from '@/tests/support/e2e/variant';

export const FLOOR = '/floor/';

/** A build that the repository never makes: `remove` deletes it. */
export type Variant = ReturnType<typeof buildVariant>;

const EMPTY_MIDDLEWARE = `import { NextResponse } from 'next/server';
export const config = { matcher: ['/((?!_next/static/|icon\\\\.svg$).*)'] };
export function middleware() {
  return NextResponse.next();
}
`;

const FLOOR_PAGE = `import { DashboardView } from '@/app/(site)/dashboard/view';
import { floorProps, LINKS } from '@/bench/floor';
export default function FloorPage() {
  return <DashboardView {...floorProps()} links={LINKS} cards={[]} onward={null} />;
}
`;

const IMPORTS = `import { floorProps } from '@/bench/floor';
import { currentExchange } from '@/lib/http/server/exchange';
`;

// The page exists in the bench's own copy of the sources only: no build of the repository has it.
// What is drawn around every page asks for nobody's session there.
const withFloor: Changes = {
  'app/floor/page.tsx': () => FLOOR_PAGE,
  'app/chrome.ts': chromeOfNobody(FLOOR),
};

/** What surrounds the page at this address is drawn for the person of `floor.ts`, without a session. */
export function chromeOfNobody(address: string): (source: string) => string {
  const answer = '{ signingIn: null, links: [], banners: [], hasPalette: false }';
  return (source) =>
    IMPORTS +
    source.replace(
      '  try {',
      `  if (currentExchange()?.url === '${address}') {
    return { user: floorProps().user, ...${answer} };
  }
  try {`,
    );
}

/**
 * The production build with the floor beside the dashboard: the same layout and markup, from
 * constants instead of a session and a database, behind the same middleware.ts. With `empty` that
 * one passes everything on; with `none` there is none.
 */
export function buildWithFloor(middleware: 'full' | 'empty' | 'none'): Variant {
  const changes: Changes = {
    full: {},
    empty: { 'middleware.ts': () => EMPTY_MIDDLEWARE },
    none: { 'middleware.ts': null },
  }[middleware];
  return buildVariant({ ...withFloor, ...changes }, testEnvironment);
}
