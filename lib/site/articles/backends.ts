import { BaseBackend } from '@/lib/contrib/auth/backends/base';
import type { RequestUser } from '@/lib/contrib/auth/models';
import type { Source } from '@/lib/contrib/auth/permissions/sources';

const PERM = 'articles.change_article';

/**
 * An author may change their own article, without holding the permission for all. Off until the
 * settings list it. The worked example of a permission on a single object: docs/backends.md.
 * Django: no counterpart; docs/topics/auth/customizing "Handling object permissions"
 */
export class ArticleAuthorBackend extends BaseBackend {
  readonly name = 'ArticleAuthorBackend';

  override async hasPerm(
    user: RequestUser,
    perm: string,
    obj?: unknown,
  ): Promise<readonly Source[]> {
    const isTheirs = user.isActive && user.id !== null && authorIdOf(obj) === user.id;
    if (perm !== PERM || !isTheirs) return [];
    return [{ kind: 'backend', backend: this.name, reason: 'the author of the article' }];
  }

  override async possibleSources(perm: string): Promise<readonly Source[]> {
    if (perm !== PERM) return [];
    const reason = 'the author of an article may change it';
    return [{ kind: 'backend', backend: this.name, reason }];
  }
}

function authorIdOf(obj: unknown): unknown {
  return typeof obj === 'object' && obj !== null && 'authorId' in obj ? obj.authorId : null;
}
