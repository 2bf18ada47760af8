import type { SettingSpec } from '../../shared/setting.ts';

export const foundrySettings: readonly SettingSpec[] = [
  {
    key: 'foundryPath',
    label: 'Folder with forge, anvil and cast',
    group: 'Foundry',
    type: 'folder',
    placeholder: 'found by itself',
    hint: 'Empty: ~/.foundry/bin, then PATH, then the tools that come with Drydock.',
    remedy: 'Give the one that holds forge and anvil.',
  },
  {
    key: 'foundryImage',
    label: 'Image to take Foundry from',
    group: 'Docker',
    type: 'image',
    placeholder: 'Drydock’s own',
    hint: 'E.g. ghcr.io/foundry-rs/foundry:v1.7.1. Empty: an image of Drydock’s own, built at the first run.',
    remedy: 'The reference of an image looks like ghcr.io/foundry-rs/foundry:v1.7.1.',
  },
];
