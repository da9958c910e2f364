import { brought } from '@/lib/apps/registry';
import type { HttpRequest } from './request';

/** What stands above every page and cannot be closed: one line, and where to go about it. */
export type Banner = {
  readonly name: string;
  /** What it says, the names in it set apart. */
  readonly text: readonly (string | { readonly strong: string })[];
  readonly link: { readonly href: string; readonly label: string };
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Asked on each page, with nothing but the request; null for nothing to say. */
    readonly banners?: readonly ((request: HttpRequest) => Banner | null)[];
  }
}

/** What the installed apps have to say above every page of this request. No statement. */
export function bannersFor(request: HttpRequest): Banner[] {
  return brought('banners').flatMap((say) => say(request) ?? []);
}
