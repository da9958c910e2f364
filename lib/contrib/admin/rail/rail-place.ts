/** Where something stands in the rail: below which heading, and there smaller numbers first. */
export type RailPlace = { readonly section: string; readonly order?: number };

declare module '@/lib/apps/define-config' {
  interface AdminLink {
    /** Where it stands in the rail; first of all, below no heading, unless told. */
    readonly rail?: RailPlace;
  }
}
