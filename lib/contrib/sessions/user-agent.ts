type Pattern = readonly [name: string, pattern: RegExp];

// The first that matches counts: Edge, Opera and Samsung's browser call themselves Chrome too,
// Chrome calls itself Safari, and Android calls itself Linux.
const BROWSERS: readonly Pattern[] = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\b(OPR|Opera|OPT)\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Vivaldi', /\bVivaldi\//],
  ['Yandex Browser', /\bYaBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bVersion\/[\d.]+ .*\bSafari\//],
  ['curl', /^curl\//],
  ['Wget', /^Wget\//],
  ['A Python script', /^(python-|Python\/|aiohttp)/i],
  ['A Node script', /^(node|undici|axios)\b/i],
];

const SYSTEMS: readonly Pattern[] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac(intosh| OS X)\b/],
  ['Linux', /\b(Linux|X11)\b/],
];

/**
 * Browser and system that a User-Agent header claims, `Firefox on Linux`, in our own words only.
 * Without versions: browsers freeze them, and an old one is no reason to end a session. An iPad
 * that asks for desktop pages says macOS.
 * Django: no counterpart
 */
export function describeUserAgent(userAgent: string): string {
  const browser = firstOf(BROWSERS, userAgent);
  const system = firstOf(SYSTEMS, userAgent);
  if (system !== null) return `${browser ?? 'A browser'} on ${system}`;
  return browser ?? 'An unknown browser';
}

function firstOf(patterns: readonly Pattern[], text: string): string | null {
  return patterns.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
