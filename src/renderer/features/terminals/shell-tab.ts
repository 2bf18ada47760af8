import type { Terminal } from '#main/features/terminals/contract.ts';
import type { ShellTab } from '../../core/panel/panel-tab.ts';

export const shellTabOf = ({ id, number, project }: Terminal): ShellTab => ({
  ...{ kind: 'shell', id, number, project },
});
