import { registerBackend } from '@/lib/contrib/auth/backends';
import { ArticleAuthorBackend } from '@/lib/site/articles/backends';
// Whoever asks backends asks for users.
import '@/lib/site/user-models';

/**
 * The backends of this project beside those of `lib/contrib/auth`: named here, they may be listed in
 * `settings.AUTHENTICATION_BACKENDS`. Whoever asks backends imports this file once, since the apps
 * that bring them lie above `lib/contrib/auth`.
 * Django: a dotted path in AUTHENTICATION_BACKENDS
 */
const projectBackends = [new ArticleAuthorBackend()];

for (const backend of projectBackends) registerBackend(backend);
