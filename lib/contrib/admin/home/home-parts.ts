import type { ModelKey } from '@/lib/apps/installed';
import type { RowCount } from '@/lib/contrib/admin/list/count';
import type { AdminUser, ModelAdmin } from '@/lib/contrib/admin/options';

/** A sentence whose names may lead somewhere; names are others' text, and set apart from ours. */
export type Sentence = readonly (string | { readonly name: string; readonly href?: string })[];

/** How many there are of something, and the list of them. */
export type HomeFigure = {
  readonly label: string;
  readonly count: RowCount;
  readonly href: string;
};

/** Something that somebody ought to look at, in a sentence that leads there. */
export type HomeNotice = { readonly text: string; readonly href: string };

/** Something that is begun from here; smaller numbers stand first, 0 unless told. */
export type HomeDeed = { readonly text: string; readonly href: string; readonly order?: number };

/** Something that was done. What is `isPlain` is left out where another part tells of the same act. */
export type HomeAct = {
  readonly time: Date;
  readonly actorId: number | null;
  readonly sentence: Sentence;
  readonly detail?: string;
  readonly isPlain?: boolean;
};

/** What happened day by day, the oldest first: of each series a number a day. */
export type HomeChart = {
  readonly title: string;
  readonly href: string;
  /** In the singular and the plural, for what is told of a day. */
  readonly series: readonly {
    readonly one: string;
    readonly many: string;
    readonly isBad: boolean;
  }[];
  readonly days: readonly { readonly label: string; readonly counts: readonly number[] }[];
};

/** Who looks at the home, and where the screens of models are found. */
export type HomeViewer = {
  readonly user: AdminUser;
  readonly site: { find(key: string): ModelAdmin | null };
};

/** Something to try while a site has nobody but its first people. */
export type HomeStep = {
  readonly text: string;
  readonly href: string;
  /** Smaller numbers stand first; 0 unless told. */
  readonly order?: number;
};

/**
 * What an app adds to the admin's home, for whoever may view every row of all these models, of which
 * it tells. Each answer has to be quick with a million rows: a limit, an index, or what was counted
 * before.
 */
export type HomePart = {
  /** `auth.user` stands for the model that settings.AUTH_USER_MODEL names. */
  readonly models: readonly [ModelKey, ...ModelKey[]];
  figures?(viewer: HomeViewer): Promise<readonly HomeFigure[]>;
  attention?(viewer: HomeViewer): Promise<readonly HomeNotice[]>;
  charts?(viewer: HomeViewer): Promise<readonly HomeChart[]>;
  /** The newest first, `most` at most. */
  activity?(viewer: HomeViewer, most: number): Promise<readonly HomeAct[]>;
  /** What this person may begin: the doors to what is done most. */
  deeds?(viewer: HomeViewer): Promise<readonly HomeDeed[]>;
  steps?(viewer: HomeViewer): Promise<readonly HomeStep[]>;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** What the app adds to the admin's home. */
    readonly adminHome?: readonly HomePart[];
  }
}
