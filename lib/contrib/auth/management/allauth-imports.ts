/**
 * Takes over what allauth keeps of one kind, or with `isDryRun` only counts it. Resolves to lines that say
 * what came of it; none where allauth has nothing of the kind.
 */
export type AllauthImport = (options: { readonly isDryRun: boolean }) => Promise<string[]>;

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** What the app takes over from a Django site with allauth, for `manage importallauth`. */
    readonly allauthImports?: readonly AllauthImport[];
  }
}
