import type { ImageSpec } from '../../engines/images.ts';
import { resource } from '../../lib/app-root.ts';
import { foundryToolchain } from '../../targets/chain/anvil.ts';

const inImage = (name: string) => ({ name, path: `/usr/local/bin/${name}` });

/** The image that projects and chains run in. */
export const foundryImage: ImageSpec = {
  id: 'foundry',
  label: 'Foundry',
  dockerfile: resource('docker', 'foundry.Dockerfile'),
  tools: ['forge', 'anvil', 'cast'].map(inImage),
  toolchain: { id: foundryToolchain.id, versionArgument: 'FOUNDRY_VERSION' },
  baseSetting: 'foundryImage',
  probes: [
    {
      command: 'forge --version',
      program: 'forge',
      remedy: {
        dockerfile:
          'Add it to the last stage, e.g. "COPY --from=ghcr.io/foundry-rs/foundry:v1.7.1 /usr/local/bin/forge /usr/local/bin/", then try again.',
        base: 'Choose an image of Foundry in the settings, or none to let Drydock build its own.',
      },
    },
  ],
  usuallyIgnored: ['**/.git', '**/node_modules', 'artifacts', 'broadcast', 'cache', 'out'],
  shared: ['compilers'],
};
