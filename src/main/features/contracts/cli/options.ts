import type { Command } from 'commander';

export interface OnNetwork {
  network?: string;
}

export const onNetwork = (command: Command): Command =>
  command.option('--network <network>', 'where it stands (default: local)');

export const CONTRACT = 'address, name or label; with its project: vault.Token';
