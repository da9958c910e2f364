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
import { floorProps } from '@/bench/floor';
export default function FloorPage() {
  return <DashboardView {...floorProps()} links={[]} />;
}
`;

const IMPORTS = `import { floorProps } from '@/bench/floor';
import { currentExchange } from '@/lib/http/server/exchange';
`;
const IS_FLOOR = `currentExchange()?.url === '${FLOOR}'`;

// The page exists in the bench's own copy of the sources only: no build of the repository has it.
// What is drawn around every page asks for nobody's session there.
const withFloor: Changes = {
  'app/floor/page.tsx': () => FLOOR_PAGE,
  'app/chrome.ts': (source) =>
    IMPORTS +
    source.replace(
      '  try {',
      `  if (${IS_FLOOR}) {
    return { user: floorProps().user, links: [] };
  }
  try {`,
    ),
};

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
