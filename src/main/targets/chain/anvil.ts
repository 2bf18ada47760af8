import type { ToolSpec } from '../../engines/tools.ts';

/**
 * https://www.npmjs.com/org/foundry-rs: one package for each platform, with the binary in `bin`.
 */
function packaged(name: string): ToolSpec['bundled'] {
  const platform = { linux: 'linux', darwin: 'darwin', win32: 'win32' }[process.platform as string];
  const cpu = { x64: 'amd64', arm64: 'arm64' }[process.arch as string];
  if (!platform || !cpu) return null;
  const exe = platform === 'win32' ? '.exe' : '';
  return { package: `@foundry-rs/${name}-${platform}-${cpu}`, file: `bin/${name}${exe}` };
}

/** One of Foundry's tools, which are all released and installed together. */
export const foundryTool = (name: string): ToolSpec => ({
  name,
  versionArgs: ['--version'],
  setting: { key: 'foundryPath', label: 'the Foundry folder' },
  homeFolder: { path: ['.foundry', 'bin'], label: "foundryup's folder" },
  bundled: packaged(name),
  variables: 'FOUNDRY_',
  remedy: {
    missing:
      'Install Foundry with foundryup (https://getfoundry.sh), or set its folder in the settings.',
    broken: 'Install Foundry again with foundryup, or set its folder in the settings.',
  },
});

/** The node that runs local and forked chains. */
export const anvil = foundryTool('anvil');
