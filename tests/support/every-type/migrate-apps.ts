import { makeMigrations } from '@/lib/db/migrations/make-migrations';
import { MADE } from './project.mjs';

// Run on its own: what migrations are written of is found from the folder of the process.
process.chdir(MADE);
const apps = process.argv.slice(2);
for (const [index, app] of apps.entries()) {
  await makeMigrations(app, 'initial', new Date(Date.UTC(2026, 10, 29, index)));
}
