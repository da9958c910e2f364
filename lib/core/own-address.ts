const ASCII_ESCAPE = /%([0-7][\da-f])/gi;
const ANOTHER_HOST = /^\/[/\\]/;

/**
 * Whether an address leads to a page on the host of `origin` whatever a browser, or a script that reads its
 * path, makes of it: resolved and decoded, as often as one likes, its path never begins as the name
 * of another host does. `origin` is `scheme://host[:port]`. Django asks its own reading only, for
 * which `/.//host` is a path of this site; to a browser that path is `//host`. Runs at the Edge.
 * Django: no counterpart
 */
export function isOwnAddress(address: string, origin: string): boolean {
  if (!URL.canParse(address, origin)) return false;
  const resolved = new URL(address, origin);
  if (!/^https?:$/.test(resolved.protocol) || resolved.host !== new URL(origin).host) return false;
  let path = resolved.pathname;
  for (;;) {
    const decoded = path.replace(ASCII_ESCAPE, characterOf);
    if (ANOTHER_HOST.test(path) || ANOTHER_HOST.test(decoded)) return false;
    const { pathname } = new URL(decoded, origin);
    if (pathname === path) return true;
    path = pathname;
  }
}

// What reads an address anew leaves tabs and line ends out of it.
function characterOf(_escape: string, hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16)).replace(/[\t\r\n]/, '');
}
