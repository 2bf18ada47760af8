import path from 'node:path';
import type { Toolchain, ToolSpec } from '../../engines/tools.ts';

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

/**
 * The folders that foundryup may install to: that of FOUNDRY_DIR, otherwise `.foundry` in
 * XDG_CONFIG_HOME or in the home (https://github.com/foundry-rs/foundry, `foundryup/foundryup`). A
 * variable that only the user's shell sets is not seen here, so all are looked into.
 */
const installFolders = (home: string, env: NodeJS.ProcessEnv): string[] => [
  ...new Set(
    [
      env.FOUNDRY_DIR,
      env.XDG_CONFIG_HOME && path.join(env.XDG_CONFIG_HOME, '.foundry'),
      path.join(home, '.foundry'),
    ].filter((folder): folder is string => Boolean(folder)),
  ),
];

const below = (name: string) => (home: string, env: NodeJS.ProcessEnv) =>
  installFolders(home, env).map((folder) => path.join(folder, name));

/** foundryup keeps each version that it has installed as `versions/<tag>/forge`, … */
export const foundryToolchain: Toolchain = {
  id: 'foundry',
  label: 'Foundry',
  main: 'forge',
  versionFolders: below('versions'),
  install: (version) => `foundryup --install ${version}`,
};

/** One of Foundry's tools, which are all released and installed together. */
export const foundryTool = (name: string): ToolSpec => ({
  name,
  versionArgs: ['--version'],
  setting: { key: 'foundryPath', label: 'the Foundry folder' },
  toolchain: foundryToolchain,
  homeFolder: { in: below('bin'), label: "foundryup's folder" },
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
