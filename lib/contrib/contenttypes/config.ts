import { defineConfig, receiver } from '@/lib/apps/define-config';
import { postMigrate } from '@/lib/db/signals';
import { contentTypeAdmin } from './admin';
import { makeContentTypes } from './management';

/** Django: contrib/contenttypes/apps.py ContentTypesConfig */
export const contentTypesConfig = defineConfig('contenttypes', {
  admins: [contentTypeAdmin],
  receivers: [receiver(postMigrate, makeContentTypes)],
});
