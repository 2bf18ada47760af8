import { z } from 'zod';
import { contract } from '../../../contract.ts';
import { containerStats } from '../../../features/containers/contract.ts';
import { deploymentStatus } from '../../../features/deployments/contract.ts';
import { networkKind } from '../../../features/networks/contract.ts';
import { errors, fix, procedure } from '../../../kit/procedure.ts';

const pathUrl = z
  .string()
  .min(1)
  .max(4096)
  .describe('a folder of this machine: an absolute path, or a file:// address');

const framework = z.enum(['foundry', 'hardhat']).describe('hardhat: answers UNSUPPORTED for now');

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
      address: z.string(),
      transaction_hash: z.string(),
      block_number: z.int(),
      verified: z.boolean(),
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
    }),
  ),
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

/** A run that ended without success, under the code that the run has. */
const failed = {
  DEPLOYMENT_FAILED: {
    status: 424,
    data: z.object({
      deployment_id: z.int(),
      status: deploymentStatus,
      reason: z.string().describe("the run's own code, e.g. COMPILE_ERROR"),
      fix: fix.optional(),
    }),
  },
} as const;

const deploying = procedure
  .errors(projects.add['~orpc'].errorMap)
  .errors(deployments.start['~orpc'].errorMap)
  .errors(errors('DEPLOYMENT_NOT_FOUND', 'UNSUPPORTED'))
  .errors(failed);

/**
 * A second, plain face of the same core, for scripts that want one request and one answer: it lies
 * at the root of the host, its names are in snake case, and it waits for the end of what it starts.
 */
export const simpleContract = {
  deploy: deploying
    .route({
      method: 'POST',
      path: '/deploy',
      summary: 'Deploy a folder to the local chain, which is started if need be',
    })
    .input(z.object({ path_url: pathUrl, framework }))
    .output(result),
  publish: deploying
    .route({ method: 'POST', path: '/publish', summary: 'Deploy a folder to a network' })
    .input(
      z.object({
        path_url: pathUrl,
        framework,
        network: z.string().min(1).max(200),
        script_path: z.string().min(1).max(1024).default('script/Deploy.s.sol'),
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
