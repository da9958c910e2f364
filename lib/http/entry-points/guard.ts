import type { HttpRequest } from '@/lib/http/request';
import type { Check } from './admit';
import { runAction } from './run-action';
import { runHandler } from './run-handler';
import { runPage } from './run-page';
import type {
  Action,
  ActionView,
  Handler,
  HandlerParams,
  HandlerView,
  Page,
  PageView,
  Params,
} from './views';

/**
 * Who may enter, as one wrapper for each kind of entry point. `U` is who can get past it. The kind
 * is what the code says: nothing that a client sends makes an action a page or a handler.
 */
export type Guard<U extends HttpRequest['user']> = {
  /** Guard the default export of a `page.tsx`. */
  page<P extends Params = Params>(view: PageView<U, P>): Page<P>;
  /** Guard an export of a file with 'use server'. */
  action(view: ActionView<U>): Action;
  /** Guard a method of a `route.ts`. */
  handler<P extends HandlerParams = Params>(view: HandlerView<U, P>): Handler<P>;
};

/**
 * A guard out of a check. The entry points that it makes refuse forged requests, check, run the view,
 * write what it changed, and answer what it raised with the right status and a whole page.
 */
export function defineGuard<U extends HttpRequest['user']>(check: Check<U>): Guard<U> {
  return {
    page: (view) => (props) => runPage(check, view, props),
    action: (view) => runAction(check, view),
    handler: (view) => (request, context) => runHandler(check, view, request, context),
  };
}
