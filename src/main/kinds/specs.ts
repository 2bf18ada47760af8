import type { ImageSpec } from '../engines/images.ts';
import type { ToolSpec } from '../engines/tools.ts';
import type { NamedCheck } from '../shared/check.ts';
import type { SettingSpec } from '../shared/setting.ts';
import { type CheckDependencies, foundryChecks } from './foundry/checks.ts';
import { foundryImage } from './foundry/image.ts';
import { foundrySettings } from './foundry/settings.ts';
import { cast, forge } from './foundry/tools.ts';
import { hardhatImage } from './hardhat/image.ts';

/** What kinds of projects need on a machine and in images, without a kind being loaded. */
export const kindSpecs: {
  tools: readonly ToolSpec[];
  images: readonly ImageSpec[];
  settings: readonly SettingSpec[];
  checks: (deps: CheckDependencies) => NamedCheck[];
} = {
  tools: [forge, cast],
  images: [foundryImage, hardhatImage],
  settings: foundrySettings,
  checks: (deps) => foundryChecks(deps),
};
