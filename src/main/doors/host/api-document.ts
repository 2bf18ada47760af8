import { type OpenAPI, oc } from '@orpc/contract';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from '../../contract.ts';
import { simpleContract } from './legacy/contract.ts';

const error = (description: string): OpenAPI.ResponseObject => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
});

/** Responses of the host itself, before any procedure is called. */
const common: Record<string, OpenAPI.ResponseObject> = {
  400: error('The body is not what its type says'),
  401: error('The token is missing or wrong'),
  403: error('Addressed to another host, or sent by another page'),
  413: error('A body of more than 2 MB'),
  422: error('BAD_INPUT: the input does not fit; `data.field` says where'),
  429: error('Too many requests, or too many wrong tokens'),
  500: error('Unexpected; the message names the request in the log'),
};

/** Names the codes of a response, which the generator describes by its number alone. */
function nameCodes(responses: Record<string, OpenAPI.ResponseObject>): void {
  for (const response of Object.values(responses)) {
    const schema = JSON.stringify(response.content?.['application/json']?.schema ?? null);
    const codes = [...schema.matchAll(/"code":\{"const":"([A-Z_]+)"/g)].map(([, code]) => code);
    if (codes.length > 0) response.description = codes.join(', ');
  }
}

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** The OpenAPI document of the whole contract under `/api`, and of the plain one at the root. */
export async function apiDocument(version: string): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const both = { ...oc.prefix('/api').router(contract), simple: simpleContract };
  const document = await generator.generate(both, {
    info: {
      title: 'Drydock',
      version,
      description:
        'Everything that the window and the command line do. Send the token as `Authorization: Bearer …`; `drydock host --json` prints it. Streams are server-sent events. The operations outside of `/api` are a plain face of the same: one request, one answer.',
      license: { name: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Error: {
          type: 'object',
          required: ['defined', 'code', 'status', 'message'],
          properties: {
            defined: { type: 'boolean', description: 'The operation lists this code' },
            code: { type: 'string' },
            status: { type: 'integer' },
            message: { type: 'string', description: 'What happened and what to do next' },
            data: { type: 'object' },
          },
        },
      },
    },
  });
  for (const item of Object.values(document.paths ?? {})) {
    for (const method of methods) {
      const operation = item?.[method];
      if (!operation) continue;
      operation.tags ??= [operation.operationId?.split('.')[0] ?? 'other'];
      nameCodes(operation.responses as Record<string, OpenAPI.ResponseObject>);
      Object.assign(operation, { responses: { ...common, ...operation.responses } });
    }
  }
  return document;
}
