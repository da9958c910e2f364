import type { Page, Route } from '@playwright/test';

/** A form of the site: where it is, what somebody does there, and the button that sends it. */
export type SentForm = {
  name: string;
  path: string;
  fill?: (page: Page) => Promise<unknown>;
  button: string | RegExp;
  /** Where the button is, if there are several of the name. */
  within?: string;
  /** Whether its text would be missed. */
  isWatched: boolean;
  isForStrangers?: boolean;
};

/** How a form can remain without an answer, and what is to be said about it. */
export const failures: { cause: string; answer: (route: Route) => Promise<void>; says: RegExp }[] =
  [
    {
      cause: 'the connection is refused',
      answer: (route) => route.abort('connectionrefused'),
      says: /the server cannot be reached/,
    },
    {
      cause: 'the answer is cut off',
      answer: (route) => route.abort('connectionreset'),
      says: /the server cannot be reached/,
    },
    {
      cause: 'the server fails',
      answer: (route) => route.fulfill({ status: 500, body: 'Internal Server Error' }),
      says: /something failed on the server/,
    },
    {
      cause: 'a proxy has no server',
      answer: (route) => html(route, 502),
      says: /the server is busy or restarting/,
    },
    {
      cause: 'the server is stopped for a while',
      answer: (route) => html(route, 503),
      says: /the server is busy or restarting/,
    },
    {
      cause: 'the body is too large for a proxy',
      answer: (route) => html(route, 413),
      says: /this is too large for the server/,
    },
    {
      cause: 'the body is too large for the server',
      answer: (route) =>
        route.fulfill({ status: 413, contentType: 'text/x-component', body: '0:{"a":null}\n' }),
      says: /this is too large for the server/,
    },
    {
      cause: 'the action is of the build before',
      answer: (route) =>
        route.fulfill({
          status: 409,
          headers: { 'x-nextjs-action-not-found': '1' },
          contentType: 'text/plain',
          body: 'Server Action unavailable.',
        }),
      says: /the site was renewed/,
    },
    {
      cause: 'a page comes in place of an answer',
      answer: (route) => html(route, 200),
      says: /something else answered in place of the site/,
    },
  ];

/** Every kind of form there is, for a superuser with one article, one group and one further user. */
export function sentForms(ids: { user: number; group: number; article: number }): SentForm[] {
  const fillIn = (values: Record<string, string>) => async (page: Page) => {
    for (const [label, value] of Object.entries(values)) {
      await page.getByLabel(label, { exact: true }).fill(value);
    }
  };
  const admin = (path: string) => `/admin/auth/${path}`;
  return [
    {
      name: 'sign-in',
      path: '/accounts/login/',
      fill: fillIn({ Username: 'ada', Password: 'typed' }),
      button: 'Sign in',
      isWatched: false,
      isForStrangers: true,
    },
    {
      name: 'asking for a reset link',
      path: '/accounts/password_reset/',
      fill: fillIn({ 'Email address': 'ada@example.com' }),
      button: 'Send the link',
      isWatched: false,
      isForStrangers: true,
    },
    {
      name: 'an article that is written',
      path: '/dashboard/articles/add/',
      fill: fillIn({ Title: 'A title', Body: 'Two\nlines' }),
      button: 'Save draft',
      isWatched: true,
    },
    {
      name: 'an article that is changed',
      path: `/dashboard/articles/${ids.article}/change/`,
      fill: fillIn({ Body: 'Another body' }),
      button: 'Save changes',
      isWatched: true,
    },
    {
      name: 'publishing',
      path: `/dashboard/articles/${ids.article}/`,
      button: 'Publish',
      isWatched: false,
    },
    {
      name: 'one’s own password',
      path: '/accounts/password_change/',
      fill: fillIn({ 'Current password': 'typed', 'New password': 'typed too' }),
      button: 'Change password',
      isWatched: true,
    },
    {
      name: 'ending the other sessions',
      path: '/accounts/sessions/',
      button: 'End all other sessions',
      isWatched: false,
    },
    {
      name: 'ending one session',
      path: '/accounts/sessions/',
      button: /^End session/,
      isWatched: false,
    },
    {
      name: 'signing out in the header',
      path: '/dashboard/',
      button: 'Sign out',
      within: 'header',
      isWatched: false,
    },
    {
      name: 'signing out on its page',
      path: '/accounts/logout/',
      button: 'Sign out',
      within: 'main',
      isWatched: false,
    },
    { name: 'the theme', path: '/dashboard/', button: 'Dark', isWatched: false },
    {
      name: 'adding a user',
      path: admin('user/add/'),
      fill: fillIn({ Username: 'grace', Password: 'typed', 'Password again': 'typed' }),
      button: 'Save',
      isWatched: true,
    },
    {
      name: 'changing a user',
      path: admin(`user/${ids.user}/change/`),
      fill: fillIn({ 'First name (optional)': 'Grace' }),
      button: 'Save and continue editing',
      isWatched: true,
    },
    {
      name: 'a user’s password',
      path: admin(`user/${ids.user}/password/`),
      fill: fillIn({ Password: 'typed', 'Password again': 'typed' }),
      button: 'Change password',
      within: 'main form',
      isWatched: true,
    },
    {
      name: 'adding a group',
      path: admin('group/add/'),
      fill: fillIn({ Name: 'Writers' }),
      button: 'Save and add another',
      isWatched: true,
    },
    {
      name: 'changing a group’s permissions',
      path: admin(`group/${ids.group}/change/`),
      fill: async (page) => {
        await page.getByLabel('Available', { exact: true }).selectOption({ index: 0 });
        await page.getByRole('button', { name: 'Choose 1' }).click();
      },
      button: 'Save',
      isWatched: true,
    },
    {
      name: 'deleting a group',
      path: admin(`group/${ids.group}/delete/`),
      button: 'Delete this group',
      isWatched: false,
    },
    {
      name: 'an action on a list',
      path: admin('group/'),
      fill: (page) =>
        page
          .getByRole('checkbox', { name: /^Select / })
          .last()
          .check(),
      button: /^Delete/,
      isWatched: false,
    },
    {
      name: 'the matrix',
      path: admin('matrix/'),
      fill: (page) => page.locator('[data-at="2:0"]').click(),
      button: 'Review changes',
      isWatched: true,
    },
    {
      name: 'the matrix of one group',
      path: admin(`matrix/?group=${ids.group}`),
      fill: (page) => page.locator('main input[type=checkbox]').first().check(),
      button: 'Review changes',
      isWatched: true,
    },
    {
      name: 'the review of the matrix',
      path: admin('matrix/'),
      fill: async (page) => {
        await page.locator('[data-at="2:0"]').click();
        await page.getByRole('button', { name: 'Review changes' }).click();
        await page.getByRole('heading', { name: 'Review changes' }).waitFor();
      },
      button: /^Give/,
      isWatched: true,
    },
  ];
}

/** What is in the forms of the page, typed passwords included. */
export function typedIn(page: Page): Promise<string[][]> {
  return page
    .locator('main form')
    .evaluateAll((forms) =>
      forms.map((form) =>
        [...new FormData(form as HTMLFormElement)].map(([name, value]) => `${name}=${value}`),
      ),
    );
}

function html(route: Route, status: number): Promise<void> {
  return route.fulfill({ status, contentType: 'text/html', body: '<h1>A page</h1>' });
}
