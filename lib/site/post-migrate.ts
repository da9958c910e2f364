import { tellAdoptedHashes } from '@/lib/contrib/auth/management/adopted-hashes';
import { makePermissions } from '@/lib/contrib/auth/management/create-permissions';
import { pointAtUsers } from '@/lib/contrib/auth/management/point-at-users';
import { makeContentTypes } from '@/lib/contrib/contenttypes/management';
import { postMigrate } from '@/lib/db/signals';

// What the apps do once the tables are there, in this order: a permission hangs on a content type.
postMigrate.connect(pointAtUsers);
postMigrate.connect(makeContentTypes);
postMigrate.connect(makePermissions);
postMigrate.connect(tellAdoptedHashes);
