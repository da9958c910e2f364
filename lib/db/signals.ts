import { Signal } from '@/lib/dispatch';

/**
 * Sent when the migrations are applied, also when there were none, so that an app makes the rows
 * that its declarations ask for. `say` tells whoever migrates one line; `isAdopted` when the tables
 * are a Django site's and were taken over just now.
 * Django: db/models/signals.py post_migrate
 */
export const postMigrate = new Signal<{ say: (line: string) => void; isAdopted: boolean }>();
