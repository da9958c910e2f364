import { defineApp } from '@/lib/apps/define-app';

/**
 * What a page is to be told by the one before it; no models, as in Django.
 * Django: contrib/messages/apps.py
 */
export const messagesApp = defineApp({
  label: 'messages',
  verboseName: 'Messages',
  models: {},
});
