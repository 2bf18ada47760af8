import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';

export const installedVersion = z.object({
  version: z.string(),
  path: z.string().describe('absolute'),
  source: z
    .enum(['settings', 'home', 'path', 'bundled', 'downloaded'])
    .describe(
      'home: where its installer puts it; bundled: it comes with Drydock; downloaded: by Drydock, whose package left it out',
    ),
  isDefault: z.boolean().describe('runs where nothing asks for a version'),
});

export const toolchain = z.object({
  tool: z.string().describe('its id, as in projects.setToolVersion'),
  label: z.string(),
  installed: z.array(installedVersion).describe('each version once, the newest first'),
});
export type Toolchain = z.infer<typeof toolchain>;

export const toolDownload = z.object({
  state: z
    .enum(['none', 'needed', 'downloading', 'failed'])
    .describe('none: the package of Drydock left nothing out, or all of it is here'),
  tools: z.array(z.string()).describe('the names of those that are not here'),
  received: z.int().describe('bytes, of the one that is being downloaded'),
  total: z.int().nullable().describe('bytes; null: not known'),
  problem: z.string().nullable().describe('why the last download failed, and what to do'),
});
export type ToolDownload = z.infer<typeof toolDownload>;

/** Tools of which several versions can be installed side by side, and those that are downloaded. */
export const tools = {
  list: procedure
    .route({
      method: 'GET',
      path: '/tools',
      summary: 'Tools whose version a project can choose, and the versions on this machine',
    })
    .output(z.array(toolchain)),
  downloading: procedure
    .route({
      method: 'GET',
      path: '/tools/download',
      summary: 'The tools that the package of Drydock has left out, and their download',
    })
    .output(toolDownload),
  download: procedure
    .errors(errors('TOOL_MISSING'))
    .route({
      method: 'POST',
      path: '/tools/download',
      summary:
        'Download the tools that the package of Drydock has left out; answers when they are here',
    })
    .output(toolDownload),
};
