import { appInfo } from './app/info.ts';
import { foundryInfo } from './foundry/info.ts';
import { hardhatInfo } from './hardhat/info.ts';
import type { KindEntry } from './kinds.ts';

/** Every kind of project. The first one that fits a folder is the one that is suggested. */
export const allKinds: readonly KindEntry[] = [
  {
    info: foundryInfo,
    load: async (deps) => (await import('./foundry/foundry.ts')).foundry(deps),
    artifacts: async () => (await import('./foundry/artifacts.ts')).openForgeArtifacts,
  },
  {
    info: hardhatInfo,
    load: async (deps) => (await import('./hardhat/hardhat.ts')).hardhat(deps),
    artifacts: async () => (await import('./hardhat/artifacts.ts')).openHardhatArtifacts,
  },
  { info: appInfo, load: async () => (await import('./app/app.ts')).app() },
];
