import { z } from 'zod';
import { contract } from '../../../contract.ts';
import { containerStats } from '../../../features/containers/contract.ts';
import { networkKind } from '../../../features/networks/contract.ts';
import { giveTrust } from '../../../features/projects/contract.ts';
import { kindInfos } from '../../../kinds/infos.ts';
import { errors, fix, procedure } from '../../../shared/procedure.ts';
import { deploymentStatus } from '../../../shared/run.ts';

const pathUrl = z
  .string()
  .min(1)
  .max(4096)
  .describe('a folder of this machine: an absolute path, or a file:// address');

const framework = z
  .enum(kindInfos.filter(({ target }) => target === 'chain').map(({ id }) => id))
  .describe('the kind of project that the folder is deployed as');

const script = z
  .string()
  .min(1)
  .max(1024)
  .describe(
    'what is deployed, relative to the folder; default: the one that the project begins with',
  );

/** Inputs that only some frameworks have. */
const inputs = {
  parameters: z
    .record(z.string().min(1).max(200), z.json())
    .optional()
    .describe('values by name, e.g. {"Vaults.percent": 7}, where what is deployed takes any'),
  tags: z
    .array(z.string().min(1).max(200))
    .max(100)
    .optional()
    .describe('only what has any of them is deployed, where the framework knows tags'),
};

const counts = z
  .object({ planned: z.int(), sent: z.int(), mined: z.int() })
  .describe('transactions');

const result = z.object({
  success: z.literal(true),
  deployment_id: z.int().describe('for /api/deployments/{id}'),
  number: z.int().describe('counts within the project'),
  status: deploymentStatus,
  network: z.string(),
  chain_id: z.int().nullable(),
  project: z.object({ id: z.int(), name: z.string() }),
  contracts: z.array(
    z.object({
      name: z.string().nullable(),
      label: z.string().nullable().describe('what the project calls it'),
      address: z.string(),
      transaction_hash: z.string(),
      block_number: z.int(),
      verified: z.boolean(),
      chain_id: z.int().nullable(),
      elsewhere: z.string().nullable().describe('the network or host, if not that of the run'),
    }),
  ),
  transactions: z.array(
    z.object({
      hash: z.string().nullable(),
      kind: z.enum(['create', 'create2', 'call']),
      contract_name: z.string().nullable(),
      address: z.string().nullable(),
      function: z.string().nullable(),
      from: z.string(),
      nonce: z.int().nullable(),
      value: z.string().describe('wei'),
      block_number: z.int().nullable(),
      gas_used: z.string().nullable(),
      status: z.enum(['queued', 'pending', 'success', 'reverted']),
      chain_id: z.int().nullable(),
      elsewhere: z.string().nullable(),
    }),
  ),
  transaction_counts: counts,
  gas_used: z.string().nullable(),
});

const network = z.object({
  name: z.string(),
  kind: networkKind,
  chain_id: z.int().nullable(),
  url: z.string().nullable().describe('anything secret in it is masked'),
});

const done = z.object({ success: z.literal(true), message: z.string() });

const { projects, networks, deployments, images, containers } = contract;

const trust = giveTrust.default(false);

/** A run that ended without success, under the code that the run has. */
const failed = {
  DEPLOYMENT_FAILED: {
    status: 424,
    data: z.object({
      deployment_id: z.int(),
      status: deploymentStatus,
      transaction_counts: counts,
      reason: z.string().describe("the run's own code, e.g. COMPILE_ERROR"),
      fix: fix.optional(),
    }),
  },
} as const;

const deploying = procedure
  .errors(projects.add['~orpc'].errorMap)
  .errors(deployments.start['~orpc'].errorMap)
  .errors(errors('DEPLOYMENT_NOT_FOUND'))
  .errors(failed);

/**
 * A second, plain face of the same core, for scripts that want one request and one response: it
 * lies at the root of the host, its names are in snake case, and it waits for the end of what it starts.
 */
export const simpleContract = {
  deploy: deploying
    .route({
      method: 'POST',
      path: '/deploy',
      summary: 'Deploy a folder to the local chain, which is started if need be',
    })
    .input(
      z.object({ path_url: pathUrl, framework, trust, script_path: script.optional(), ...inputs }),
    )
    .output(result),
  publish: deploying
    .route({ method: 'POST', path: '/publish', summary: 'Deploy a folder to a network' })
    .input(
      z.object({
        path_url: pathUrl,
        framework,
        network: z.string().min(1).max(200),
        trust,
        script_path: script.optional(),
        ...inputs,
      }),
    )
    .output(result),
  networks: {
    list: procedure
      .route({ method: 'GET', path: '/networks', summary: 'All networks' })
      .output(z.array(network)),
    get: procedure
      .errors(networks.get['~orpc'].errorMap)
      .route({ method: 'GET', path: '/networks/{network_name}', summary: 'One network' })
      .input(z.object({ network_name: z.string().min(1).max(200) }))
      .output(network),
  },
  cache: {
    status: procedure
      .route({
        method: 'GET',
        path: '/admin/server/cache/status',
        summary: 'Images that are ready to be used',
      })
      .output(
        z.object({
          cached_images: z.int(),
          cache_enabled: z.boolean(),
          cached_image_tags: z.array(z.string()),
        }),
      ),
    clear: procedure
      .errors(images.clear['~orpc'].errorMap)
      .route({
        method: 'POST',
        path: '/admin/server/cache/clear',
        summary: 'Remove the images that no container uses',
      })
      .output(done),
  },
  foundryCache: {
    status: procedure
      .route({
        method: 'GET',
        path: '/admin/server/foundry-cache/status',
        summary: 'Compiles that are kept',
      })
      .output(
        z.object({
          cached_compilations: z.int(),
          cache_enabled: z.boolean(),
          cache_ttl_seconds: z.int(),
        }),
      ),
    clear: procedure
      .route({
        method: 'POST',
        path: '/admin/server/foundry-cache/clear',
        summary: 'Delete the compiles that are kept',
      })
      .output(done),
  },
  containers: {
    stats: procedure
      .errors(containers.statsOnce['~orpc'].errorMap)
      .route({
        method: 'GET',
        path: '/containers/stats',
        summary: 'What our containers use right now',
      })
      .output(
        z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            kind: containerStats.shape.kind,
            cpu_percent: z.number().describe('100 is one core'),
            memory_bytes: z.int(),
            memory_limit_bytes: z.int(),
            received: z.number().describe('bytes per second'),
            sent: z.number().describe('bytes per second'),
            disk_read: z.int(),
            disk_written: z.int(),
            pids: z.int(),
          }),
        ),
      ),
    cleanup: procedure
      .errors(containers.cleanup['~orpc'].errorMap)
      .route({
        method: 'POST',
        path: '/containers/cleanup',
        summary: 'Remove containers and volumes that nothing knows of any more',
      })
      .output(
        done.extend({
          removed_containers: z.array(z.string()),
          removed_volumes: z.array(z.string()),
          freed_bytes: z.int(),
        }),
      ),
  },
};
