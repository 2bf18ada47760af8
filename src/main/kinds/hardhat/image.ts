import type { ImageSpec } from '../../engines/images.ts';
import { resource } from '../../lib/app-root.ts';
import { projectFiles } from '../../lib/project-files.ts';

/** What projects run in. Hardhat itself is in their packages. */
export const hardhatImage: ImageSpec = {
  id: 'hardhat',
  label: 'Hardhat',
  dockerfile: resource('docker', 'hardhat.Dockerfile'),
  tools: [],
  baseSetting: null,
  probes: [
    {
      command: 'node --version',
      program: 'node',
      remedy: {
        dockerfile:
          'Add it to the last stage, e.g. "COPY --from=node:24-bookworm-slim /usr/local/ /usr/local/", then try again.',
        base: 'Choose an image of Node in the settings, or none to let Drydock build its own.',
      },
    },
  ],
  usuallyIgnored: [
    '**/.git',
    '**/node_modules',
    'artifacts',
    'cache',
    'deployments',
    'ignition/deployments',
  ],
  shared: [],
  async machineFolders(project) {
    const { packageFolders } = await import('./package-folders.ts');
    return packageFolders(projectFiles(project));
  },
};
