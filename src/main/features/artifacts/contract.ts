import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import { namedProject } from '../../shared/refs.ts';
import { projectRef } from '../projects/contract.ts';

/** An artifact by id, or one of a project's by name: `Vault`, `my-project.Vault`. */
export const artifactRef = z.union([z.int().positive(), z.string().min(1).max(500)]);

const brief = z.object({
  id: z.int(),
  name: z.string(),
  source: z.string().describe('its source file as the compiler knows it'),
  codeBytes: z.int().describe('of what stands on a chain; 0: an interface or abstract'),
});

export const listedArtifact = brief.extend({
  path: z.string().describe("its file, relative to the project's folder"),
  own: z.boolean().describe('false: of a library or package'),
});
export type ListedArtifact = z.infer<typeof listedArtifact>;

const code = z
  .string()
  .describe('hex digits without 0x; where addresses of libraries go, anything');

export const artifact = brief.extend({
  projects: z.array(namedProject).describe('in whose build output it is now'),
  abi: z.array(z.looseObject({ type: z.string() })),
  creationCode: code,
  runtimeCode: code,
  storageLayout: z
    .looseObject({})
    .nullable()
    .describe("the compiler's; null: the build has not kept it"),
  compilation: z
    .object({
      version: z.string(),
      optimizer: z.object({ enabled: z.boolean(), runs: z.number().nullable() }).nullable(),
      viaIr: z.boolean().nullable(),
      evmVersion: z.string().nullable(),
    })
    .nullable(),
  sources: z
    .array(z.object({ id: z.int(), path: z.string(), known: z.boolean() }))
    .describe('that source maps refer to, and whether their text as it was compiled is known'),
});
export type ArtifactDetail = z.infer<typeof artifact>;

/** What compilers have left in the folders of projects. */
export const artifacts = {
  list: procedure
    .route({
      method: 'GET',
      path: '/projects/{project}/artifacts',
      summary: 'Contracts in the build output of a project, its own first',
    })
    .input(z.object({ project: projectRef }))
    .output(z.array(listedArtifact))
    .errors(errors('PROJECT_NOT_FOUND')),
  get: procedure
    .route({
      method: 'GET',
      path: '/artifacts/{artifact}',
      summary: 'ABI, code and storage layout of a compiled contract',
    })
    .input(z.object({ artifact: artifactRef }))
    .output(artifact)
    .errors(errors('ARTIFACT_NOT_FOUND', 'ARTIFACT_AMBIGUOUS')),
};
