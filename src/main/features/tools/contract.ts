import { z } from 'zod';
import { procedure } from '../../shared/procedure.ts';

export const installedVersion = z.object({
  version: z.string(),
  path: z.string().describe('absolute'),
  source: z
    .enum(['settings', 'home', 'path', 'bundled'])
    .describe('home: where its installer puts it; bundled: it comes with Drydock'),
  isDefault: z.boolean().describe('runs where nothing asks for a version'),
});

export const toolchain = z.object({
  tool: z.string().describe('its id, as in projects.setToolVersion'),
  label: z.string(),
  installed: z.array(installedVersion).describe('each version once, the newest first'),
});
export type Toolchain = z.infer<typeof toolchain>;

/** Tools of which several versions can be installed side by side. */
export const tools = {
  list: procedure
    .route({
      method: 'GET',
      path: '/tools',
      summary: 'Tools whose version a project can choose, and the versions on this machine',
    })
    .output(z.array(toolchain)),
};
