import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HTTPPath } from '@orpc/client';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { BodyLimitPlugin } from '@orpc/server/node';
import { experimental_ZodSmartCoercionPlugin } from '@orpc/zod/zod4';
import type { App } from '../../app.ts';
import type { Context } from '../../lib/declared-errors.ts';
import { version } from '../../lib/version.ts';
import { apiDocument } from './api-document.ts';
import { simpleRouter } from './legacy/router.ts';

type Serve = (
  request: IncomingMessage,
  response: ServerResponse,
  context: Context,
) => Promise<boolean>;

/** The contract over HTTP, in both of its faces. */
export interface HttpApi {
  /** Returns whether there is a procedure at that address below `/api`. */
  serve: Serve;
  /** The same of the plain face at the root. */
  serveSimple: Serve;
  /** The OpenAPI description of both, as JSON. */
  document(): Promise<string>;
}

/** @param mostBytes of a request's body */
export function httpApi(app: App, mostBytes: number): HttpApi {
  const plugins = [
    new BodyLimitPlugin<Context>({ maxBodySize: mostBytes }),
    // Paths and queries hold text only: "7" is the number that a procedure asks for.
    new experimental_ZodSmartCoercionPlugin<Context>(),
  ];
  const api = new OpenAPIHandler(app.router, { plugins });
  const simple = new OpenAPIHandler(simpleRouter(app.router), { plugins });
  let document: Promise<string> | undefined;
  const serve =
    (handler: OpenAPIHandler<Context>, prefix?: HTTPPath): Serve =>
    async (request, response, context) => {
      const { matched } = await handler.handle(request, response, {
        prefix,
        context,
      });
      return matched;
    };
  return {
    serve: serve(api, '/api'),
    serveSimple: serve(simple),
    document: () => {
      document ??= apiDocument(version()).then((spec) => JSON.stringify(spec));
      return document;
    },
  };
}
