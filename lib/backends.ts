import { ArticleAuthorBackend } from '@/lib/articles/backends';
import { registerBackend } from '@/lib/auth/backends';

/**
 * The backends of this project beside those of `lib/auth`: named here, they may be listed in
 * `settings.AUTHENTICATION_BACKENDS`. Whoever asks backends imports this file once, since the apps
 * that bring them lie above `lib/auth`.
 * Django: a dotted path in AUTHENTICATION_BACKENDS
 */
const projectBackends = [new ArticleAuthorBackend()];

for (const backend of projectBackends) registerBackend(backend);
