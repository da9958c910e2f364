import { defineApp } from '@/lib/apps/define-app';
import { apps as siteApps } from '../../../lib/site/apps';

const shopApp = defineApp({
  label: 'shop',
  verboseName: 'Shop',
  models: {
    product: {
      verboseName: 'product',
      fields: {
        note: { isBlank: true },
        options: { isBlank: true },
        categories: { isBlank: true },
        labels: { isBlank: true },
        similar: { isBlank: true },
      },
    },
    category: { verboseName: 'category', verboseNamePlural: 'categories' },
    label: { verboseName: 'label' },
    leaflet: {
      verboseName: 'leaflet',
      fields: { scan: { isBlank: true, file: { uploadTo: 'scans/%Y/', types: ['image/png'] } } },
    },
    order: { verboseName: 'order' },
    line: { verboseName: 'line' },
    rate: { verboseName: 'rate' },
    host: { verboseName: 'host' },
    bin: { verboseName: 'bin' },
  },
});

const crmApp = defineApp({
  label: 'crm',
  verboseName: 'Customers',
  models: { order: { verboseName: 'customer order', fields: { products: { isBlank: true } } } },
});

/** The apps of the site, and two with a model of each type. */
export const apps = [...siteApps, shopApp, crmApp] as const;
