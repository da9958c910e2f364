import { z } from 'zod';
import { defineOperation } from '@/lib/http/api/operation';

const NO_INPUT = { params: null, query: null, body: null } as const;

const moment = z.iso.datetime();

const tokenShape = {
  start: z.string(),
  name: z.string(),
  is_full: z.boolean(),
  created: moment,
  expires: moment.nullable(),
};

/** Who asks, and what they may do here: by a token no more than it carries. */
export const readMe = defineOperation({
  id: 'readMe',
  method: 'GET',
  path: '/api/me/',
  summary: 'Who asks, and what they may do',
  permission: null,
  ...NO_INPUT,
  status: 200,
  answer: z.object({
    id: z.int(),
    username: z.string(),
    full_name: z.string(),
    email: z.string(),
    permissions: z.array(z.string()),
    token: z.object(tokenShape).nullable(),
  }),
});

/** What the token is that the request was made with. */
export const checkToken = defineOperation({
  id: 'checkToken',
  method: 'GET',
  path: '/api/token/check/',
  summary: 'What the token is that this request was made with',
  permission: null,
  ...NO_INPUT,
  status: 200,
  answer: z.object({
    ...tokenShape,
    owner: z.string(),
    permissions: z.array(z.string()),
    networks: z.array(z.string()),
    last_used: moment.nullable(),
  }),
});

/** The description of all of this. */
export const readSchema = defineOperation({
  id: 'readSchema',
  method: 'GET',
  path: '/api/schema/',
  summary: 'This description, in OpenAPI 3.1',
  permission: null,
  ...NO_INPUT,
  status: 200,
  answer: z.looseObject({ openapi: z.string() }),
});

/** What the app's addresses do. */
export const operations = [readMe, checkToken, readSchema];
