import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';
import { appRoot } from '../../lib/app-root.ts';

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Drydock API</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="reference"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;

/**
 * A file of its own: the policy of our pages allows no script inside of them. Operations are folded
 * in their groups: Swagger UI (5.35) never gets done with more than about 120 of them unfolded.
 */
const script = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  defaultModelsExpandDepth: -1,
  tryItOutEnabled: true,
  validatorUrl: null,
});
`;

/** Swagger UI's files: beside the build, or in node_modules when running from the sources. */
function files(): string {
  const built = path.join(appRoot(), 'out', 'main', 'reference');
  return existsSync(built) ? built : path.join(appRoot(), 'node_modules', 'swagger-ui-dist');
}

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}

/** Serves the readable reference under `/api/docs`. Returns whether the request was for it. */
export function serveReference() {
  const assets = sirv(files(), { dev: true, etag: true });
  return (request: IncomingMessage, response: ServerResponse, pathname: string): boolean => {
    switch (pathname) {
      case '/api/docs':
      case '/api/docs/':
        send(response, 'text/html', html);
        return true;
      case '/api/docs/start.js':
        send(response, 'text/javascript', script);
        return true;
      case '/api/docs/swagger-ui.css':
      case '/api/docs/swagger-ui-bundle.js':
        request.url = pathname.slice('/api/docs'.length);
        assets(request, response);
        return true;
      default:
        return false;
    }
  };
}
