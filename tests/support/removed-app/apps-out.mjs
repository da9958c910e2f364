/**
 * The apps that TEST_APPS_OUT names, by comma: the tests are run as on a site whose INSTALLED_APPS
 * leaves them out, all but those of the apps themselves.
 */
export const appsOut = (process.env['TEST_APPS_OUT'] ?? '')
  .split(',')
  .filter((label) => label !== '');

/** What of the tests is theirs, as patterns of files. */
export const testsOfAppsOut = appsOut.map((label) => `tests/*/{extras,contrib,site}/${label}/**`);
