import { defineApp } from '@/lib/apps/define-app';

/**
 * The register of models to which permissions and log entries point.
 * Django: contrib/contenttypes/apps.py, contrib/contenttypes/models.py ContentType
 */
export const contentTypesApp = defineApp({
  label: 'contenttypes',
  verboseName: 'Content Types',
  models: {
    contenttype: { verboseName: 'content type' },
  },
});
