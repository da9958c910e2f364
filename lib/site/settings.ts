/**
 * What this site sets otherwise than `lib/conf/global-settings.ts` and the declarations of its apps,
 * by Django's names. A misspelt name, and a value of another type, does not compile:
 * `lib/conf/settings.ts` takes it in.
 * Django: a project's settings.py
 */
export const siteSettings = {} as const;
