import { type Desktop, programAt, programInPath } from '../../lib/desktop.ts';
import type { OpenTarget, Program, Start } from './program.ts';

interface Terminal {
  id: string;
  label: string;
  /** Begins in a folder. It is started there as well, which is all that some need. */
  at: (folder: string) => string[];
  /** What stands between its own arguments and a command. */
  runs: readonly string[];
}

const none = (): string[] => [];
const option =
  (name: string, ...more: string[]) =>
  (folder: string): string[] => [...more, `${name}=${folder}`];

/** On Linux and its like, by their names in PATH; the choice of the user's desktop comes first. */
const terminals: readonly Terminal[] = [
  { id: 'xdg-terminal-exec', label: 'Terminal', at: none, runs: [] },
  {
    id: 'gnome-terminal',
    label: 'GNOME Terminal',
    at: option('--working-directory'),
    runs: ['--'],
  },
  {
    id: 'ptyxis',
    label: 'Ptyxis',
    at: option('--working-directory', '--new-window'),
    runs: ['--'],
  },
  { id: 'kgx', label: 'Console', at: option('--working-directory'), runs: ['-e'] },
  { id: 'konsole', label: 'Konsole', at: (folder) => ['--workdir', folder], runs: ['-e'] },
  {
    ...{ id: 'xfce4-terminal', label: 'Xfce Terminal' },
    ...{ at: option('--working-directory'), runs: ['-x'] },
  },
  { id: 'tilix', label: 'Tilix', at: option('--working-directory'), runs: ['-e'] },
  { id: 'ghostty', label: 'Ghostty', at: option('--working-directory'), runs: ['-e'] },
  { id: 'kitty', label: 'kitty', at: (folder) => ['--directory', folder], runs: [] },
  {
    ...{ id: 'alacritty', label: 'Alacritty' },
    ...{ at: (folder) => ['--working-directory', folder], runs: ['-e'] },
  },
  {
    ...{ id: 'wezterm', label: 'WezTerm' },
    ...{ at: (folder) => ['start', '--cwd', folder], runs: ['start', '--'] },
  },
  { id: 'foot', label: 'foot', at: option('--working-directory'), runs: [] },
  { id: 'x-terminal-emulator', label: 'Terminal', at: none, runs: ['-e'] },
  { id: 'xterm', label: 'xterm', at: none, runs: ['-e'] },
];

/** Applications of macOS that open a folder given to them in a new window. */
const macTerminals = [
  { id: 'iterm', label: 'iTerm', app: 'iTerm.app' },
  { id: 'ghostty', label: 'Ghostty', app: 'Ghostty.app' },
  { id: 'warp', label: 'Warp', app: 'Warp.app' },
  { id: 'terminal', label: 'Terminal', app: 'Terminal.app' },
] as const;

/** Each begins where it is started: no argument of it is a path, which it could take for more. */
const windowsTerminals = [
  {
    ...{ id: 'windows-terminal', label: 'Windows Terminal', args: ['-d', '.'] },
    place: '%LOCALAPPDATA%\\Microsoft\\WindowsApps\\wt.exe',
  },
  {
    ...{ id: 'powershell', label: 'PowerShell', args: ['powershell.exe', '-NoLogo'] },
    place: '%SystemRoot%\\System32\\conhost.exe',
  },
] as const;

/** The terminals of a machine, the one that is used first. */
export function terminalsOn(desktop: Desktop): Program[] {
  switch (desktop.platform) {
    case 'win32':
      return windowsTerminals.flatMap(({ id, label, place, args }) => {
        const program = programAt(desktop, [place]);
        const start = ({ folder }: OpenTarget) => ({ program: program ?? '', args, cwd: folder });
        return program ? [{ id, label, start }] : [];
      });
    case 'darwin':
      return macTerminals.flatMap(({ id, label, app }) => {
        if (!hasApplication(desktop, app)) return [];
        const start = ({ folder }: OpenTarget) => ({
          program: '/usr/bin/open',
          args: ['-a', app, folder],
        });
        return [{ id, label, start }];
      });
    default:
      return found(desktop).map(({ program, id, label, at }) => ({
        ...{ id, label },
        start: ({ folder }) => ({ program, args: at(folder), cwd: folder }),
      }));
  }
}

/** How a command is run in a terminal; undefined: no terminal is known that does. */
export function inTerminal(desktop: Desktop): ((command: Start) => Start) | undefined {
  if (desktop.platform === 'win32' || desktop.platform === 'darwin') return undefined;
  const [first] = found(desktop);
  return (
    first &&
    (({ program, args }) => ({ program: first.program, args: [...first.runs, program, ...args] }))
  );
}

function found(desktop: Desktop) {
  return terminals.flatMap((terminal) => {
    const program = programInPath(desktop, [terminal.id]);
    return program ? [{ ...terminal, program }] : [];
  });
}

const hasApplication = ({ applications, namesIn }: Desktop, app: string): boolean =>
  applications.some((folder) => namesIn(`${folder}/${app}/Contents/MacOS`).length > 0);
