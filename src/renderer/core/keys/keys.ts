import {
  accountsPath,
  addressesPath,
  attentionPath,
  containersPath,
  contractsPath,
  dataPath,
  doctorPath,
  historyPath,
  imagesPath,
  networkGasPath,
  networksPath,
  overviewPath,
  queuePath,
  settingsPath,
  transactionsPath,
  webhooksPath,
} from '../paths.ts';
import type { KeyCommand } from './key-command.ts';

/** All keys of the window in one place, so that no two mean the same press. */
export const keys = {
  palette: {
    ...{ id: 'palette', title: 'Search everything', keys: ['$mod+k'], group: 'Anywhere' },
    whileTyping: true,
  },
  search: {
    ...{ id: 'search', title: 'Search this page, or everything', keys: ['/'], group: 'Anywhere' },
  },
  sheet: { id: 'sheet', title: 'Show all keys', keys: ['?'], group: 'Anywhere' },
  back: {
    ...{ id: 'back', title: 'Close, leave, or go one step back', keys: ['Escape'] },
    group: 'Anywhere',
  },
  terminal: {
    ...{ id: 'terminal', title: 'Show or hide the terminal', keys: ['Control+`'] },
    ...{ group: 'Anywhere', whileTyping: true, inTerminals: true },
  },
  settings: {
    ...{ id: 'settings', title: 'Settings', keys: ['$mod+,'], group: 'Anywhere' },
    whileTyping: true,
  },
  goToProject: {
    ...{ id: 'go-to-project', title: 'Project of this page', keys: ['g p'], group: 'Go to' },
    when: 'on a run',
  },
  deploy: {
    ...{ id: 'deploy', title: 'Deploy', keys: ['d'], group: 'Project', when: 'on a project' },
  },
  watch: {
    ...{ id: 'watch', title: 'Deploy after each change, or stop that', keys: ['w'] },
    ...{ group: 'Project', when: 'on a project' },
  },
  editForm: {
    ...{ id: 'edit-form', title: 'Edit what Deploy does', keys: ['e'], group: 'Project' },
    when: 'on a project',
  },
  snapshot: {
    ...{ id: 'snapshot', title: 'Take a snapshot of the chain', keys: ['s'], group: 'Project' },
    when: 'with a chain in view',
  },
  revert: {
    ...{ id: 'revert', title: 'Revert the chain (asks)', keys: ['r'], group: 'Project' },
    when: 'with a chain in view',
  },
  shell: {
    ...{ id: 'shell', title: 'Open a shell', keys: ['t'], group: 'Project' },
    when: 'on a project or run',
  },
  previousRun: {
    ...{ id: 'previous-run', title: 'Previous run', keys: ['['], group: 'Project' },
    when: 'on a project or run',
  },
  nextRun: {
    ...{ id: 'next-run', title: 'Next run', keys: [']'], group: 'Project' },
    when: 'on a project or run',
  },
  nextRow: { id: 'next-row', title: 'Next row', keys: ['j'], group: 'Lists' },
  previousRow: { id: 'previous-row', title: 'Previous row', keys: ['k'], group: 'Lists' },
  zoomIn: {
    ...{ id: 'zoom-in', title: 'Look at the snapshots from nearer', keys: ['+', '='] },
    ...{ group: 'Lists', when: 'with a timeline' },
  },
  zoomOut: {
    ...{ id: 'zoom-out', title: 'Look at more snapshots at once', keys: ['-'], group: 'Lists' },
    when: 'with a timeline',
  },
  find: {
    ...{ id: 'find', title: 'Find in the log or shell', keys: ['$mod+f'], group: 'Terminal' },
    ...{ when: 'in the terminal', whileTyping: true, inTerminals: true },
  },
  largerText: {
    ...{ id: 'larger-text', title: 'Larger text', keys: ['$mod++', '$mod+Shift++', '$mod+='] },
    ...{ group: 'Terminal', when: 'in the terminal', whileTyping: true, inTerminals: true },
  },
  smallerText: {
    ...{ id: 'smaller-text', title: 'Smaller text', keys: ['$mod+-'], group: 'Terminal' },
    ...{ when: 'in the terminal', whileTyping: true, inTerminals: true },
  },
  usualText: {
    ...{ id: 'usual-text', title: 'Usual size of text', keys: ['$mod+0'], group: 'Terminal' },
    ...{ when: 'in the terminal', whileTyping: true, inTerminals: true },
  },
  maximiseTerminal: {
    ...{ id: 'maximise-terminal', title: 'Maximise or restore the terminal' },
    ...{ keys: ['Control+Shift+Backquote'], group: 'Terminal' },
    ...{ whileTyping: true, inTerminals: true },
  },
  reopenTab: {
    ...{ id: 'reopen-tab', title: 'Reopen the last closed tab' },
    ...{ keys: ['Alt+Shift+T', 'Alt+Shift+KeyT'], group: 'Terminal' },
    ...{ whileTyping: true, inTerminals: true },
  },
  splitTab: {
    ...{ id: 'split-tab', title: 'Show the tab beside the others' },
    ...{ keys: ['Alt+Shift+S', 'Alt+Shift+KeyS'], group: 'Terminal', when: 'in the terminal' },
    ...{ whileTyping: true, inTerminals: true },
  },
  pinTab: {
    ...{ id: 'pin-tab', title: 'Pin or unpin the tab' },
    ...{ keys: ['Alt+Shift+P', 'Alt+Shift+KeyP'], group: 'Terminal', when: 'in the terminal' },
    ...{ whileTyping: true, inTerminals: true },
  },
  closeEnded: {
    ...{ id: 'close-ended', title: 'Close all tabs that have ended' },
    ...{ keys: ['Alt+Shift+E', 'Alt+Shift+KeyE'], group: 'Terminal', when: 'in the terminal' },
    ...{ whileTyping: true, inTerminals: true },
  },
  renameTab: {
    ...{ id: 'rename-tab', title: 'Rename the tab', keys: ['F2'], group: 'Terminal' },
    when: 'on a tab',
  },
  closeTab: {
    ...{ id: 'close-tab', title: 'Close the tab', keys: ['Delete'], group: 'Terminal' },
    when: 'on a tab',
  },
  closeOthers: {
    ...{ id: 'close-others', title: 'Close the other tabs', keys: ['Shift+Delete'] },
    ...{ group: 'Terminal', when: 'on a tab' },
  },
  editAndResend: {
    ...{ id: 'edit-and-resend', title: 'Edit and resend', keys: ['e'], group: 'Transaction' },
    when: 'on a transaction',
  },
  revertBefore: {
    ...{ id: 'revert-before', title: 'Revert to before it (asks)', keys: ['r'] },
    ...{ group: 'Transaction', when: 'on a transaction' },
  },
  findCall: {
    ...{ id: 'find-call', title: 'Find in the trace', keys: ['f'], group: 'Transaction' },
    when: 'on a transaction',
  },
  toError: {
    ...{ id: 'to-error', title: 'To the error', keys: ['x'], group: 'Transaction' },
    when: 'on a failed transaction',
  },
  events: { id: 'events', title: 'Events', keys: ['1'], group: 'Transaction' },
  state: { id: 'state', title: 'State changes', keys: ['2'], group: 'Transaction' },
  transfers: { id: 'transfers', title: 'Transfers', keys: ['3'], group: 'Transaction' },
  gasTab: { id: 'gas-tab', title: 'Gas', keys: ['4'], group: 'Transaction' },
  raw: { id: 'raw', title: 'Raw', keys: ['5'], group: 'Transaction' },
} as const satisfies Record<string, KeyCommand>;

const letters: Readonly<Record<string, string>> = {
  [overviewPath]: 'o',
  [historyPath]: 'h',
  [queuePath]: 'q',
  [attentionPath]: 'f',
  [contractsPath]: 'c',
  [transactionsPath('local')]: 't',
  [networkGasPath('local')]: 'g',
  [accountsPath('local')]: 'a',
  [addressesPath]: 'l',
  [networksPath]: 'n',
  [imagesPath]: 'i',
  [containersPath]: 'k',
  [dataPath]: 'd',
  [doctorPath]: 'r',
  [settingsPath]: 's',
  [webhooksPath]: 'w',
};

/** G and a letter lead to a page. null: it has none. @param path as its place says */
export function goKey(title: string, path: string): KeyCommand | null {
  const letter = letters[path];
  return letter ? { id: `go ${path}`, title, keys: [`g ${letter}`], group: 'Go to' } : null;
}
