import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';

export const updateStatus = z.object({
  current: z.string().describe('the version that runs'),
  supported: z.boolean().describe('whether this Drydock updates itself: the installed app alone'),
  state: z
    .enum(['none', 'checking', 'waiting', 'downloading', 'ready'])
    .describe('waiting: found, and downloaded once no deployment runs'),
  version: z.string().nullable().describe('the newer one; null: none is known'),
  notes: z.string().nullable().describe('what is new in it'),
  progress: z.number().min(0).max(1).nullable().describe('of the download'),
  problem: z.string().nullable().describe('why the last look or download failed'),
  checkedAt: z.int().nullable().describe('the last look that told something; Unix time, ms'),
});
export type UpdateStatus = z.infer<typeof updateStatus>;

const updating = procedure.errors(errors('UNSUPPORTED'));

/** Newer versions of the app itself. */
export const updates = {
  status: procedure
    .route({ method: 'GET', path: '/updates', summary: 'Whether there is a newer version' })
    .output(updateStatus),
  check: updating
    .route({
      method: 'POST',
      path: '/updates/check',
      summary: 'Look for a newer version now, and download it',
    })
    .output(updateStatus),
  install: updating
    .route({
      method: 'POST',
      path: '/updates/install',
      summary: 'End the app, install the version that was downloaded, and start it',
    })
    .errors(errors('UPDATE_NOT_READY', 'DEPLOYMENT_RUNNING'))
    .output(updateStatus),
};
