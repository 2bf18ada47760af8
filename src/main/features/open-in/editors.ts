import {
  type Desktop,
  inApplications,
  pathsOf,
  programAt,
  programInPath,
} from '../../lib/desktop.ts';
import type { OpenTarget, Program } from './program.ts';
import { inTerminal } from './terminals.ts';

/** How an editor is told a line. */
type Style = 'goto' | 'colons' | 'line' | 'plus' | 'none';

interface Editor {
  id: string;
  label: string;
  /** Its names in PATH, on Linux and macOS. */
  commands: readonly string[];
  /** In a folder of applications of macOS. */
  mac: readonly string[];
  windows: readonly string[];
  style: Style;
}

/** Those of JetBrains are named and placed alike. */
const jetBrains = (id: string, label: string, command: string, more: string[] = []): Editor => ({
  ...{ id, label, style: 'line' },
  commands: [command, `${command}.sh`, ...more],
  mac: [`${label}.app/Contents/MacOS/${command}`, `${label} CE.app/Contents/MacOS/${command}`],
  windows: [
    `%LOCALAPPDATA%\\Programs\\${label}\\bin\\${command}64.exe`,
    `%LOCALAPPDATA%\\Programs\\${label}*\\bin\\${command}64.exe`,
    `%ProgramFiles%\\JetBrains\\${label}*\\bin\\${command}64.exe`,
  ],
});

/** Those that are built on VS Code are started as it is. */
const codeLike = (
  id: string,
  label: string,
  command: string,
  app: string,
  exe: string,
): Editor => ({
  ...{ id, label, style: 'goto' },
  commands: [command],
  mac: [`${app}.app/Contents/Resources/app/bin/${command}`],
  windows: [`%LOCALAPPDATA%\\Programs\\${exe}`, `%ProgramFiles%\\${exe}`],
});

/**
 * Known editors, the likeliest first. Sources: "code --help",
 * https://zed.dev/docs/reference/cli, https://www.jetbrains.com/help/idea/opening-files-from-command-line.html,
 * https://www.sublimetext.com/docs/command_line.html, and where their installers put them.
 */
const editors: readonly Editor[] = [
  codeLike(
    ...(['vscode', 'VS Code', 'code', 'Visual Studio Code'] as const),
    'Microsoft VS Code\\Code.exe',
  ),
  codeLike('cursor', 'Cursor', 'cursor', 'Cursor', 'cursor\\Cursor.exe'),
  {
    ...{ id: 'zed', label: 'Zed', style: 'colons' },
    commands: ['zed', 'zeditor', 'dev.zed.Zed'],
    mac: ['Zed.app/Contents/MacOS/cli'],
    windows: ['%LOCALAPPDATA%\\Programs\\Zed\\bin\\zed.exe'],
  },
  jetBrains('intellij', 'IntelliJ IDEA', 'idea', [
    'intellij-idea-ultimate',
    'intellij-idea-community',
  ]),
  jetBrains('webstorm', 'WebStorm', 'webstorm'),
  jetBrains('rustrover', 'RustRover', 'rustrover'),
  jetBrains('goland', 'GoLand', 'goland'),
  jetBrains('pycharm', 'PyCharm', 'pycharm'),
  jetBrains('clion', 'CLion', 'clion'),
  codeLike('windsurf', 'Windsurf', 'windsurf', 'Windsurf', 'Windsurf\\Windsurf.exe'),
  codeLike('vscodium', 'VSCodium', 'codium', 'VSCodium', 'VSCodium\\VSCodium.exe'),
  codeLike(
    ...(['vscode-insiders', 'VS Code Insiders', 'code-insiders'] as const),
    ...([
      'Visual Studio Code - Insiders',
      'Microsoft VS Code Insiders\\Code - Insiders.exe',
    ] as const),
  ),
  {
    ...{ id: 'sublime', label: 'Sublime Text', style: 'colons' },
    commands: ['subl'],
    mac: ['Sublime Text.app/Contents/SharedSupport/bin/subl'],
    windows: ['%ProgramFiles%\\Sublime Text\\subl.exe'],
  },
];

/** Editors with windows of their own that only $VISUAL and $EDITOR name. */
const otherWindows = ['gvim', 'mvim', 'kate', 'gedit', 'gnome-text-editor', 'mousepad', 'notepad'];
/** Those that take a line as `+12`, and need a terminal. */
const takesPlus = ['vi', 'vim', 'nvim', 'nano', 'emacs', 'micro', 'kak', 'joe', 'gvim', 'mvim'];

/** The editors of a machine, the one that is used first. */
export function editorsOn(desktop: Desktop): Program[] {
  const found = editors.flatMap((editor) => {
    const program = find(desktop, editor);
    return program === undefined
      ? []
      : [{ ...editor, start: (target: OpenTarget) => startOf(program, [], editor.style, target) }];
  });
  const visual = fromVariable(desktop, 'VISUAL');
  const own = visual ?? fromVariable(desktop, 'EDITOR');
  if (!own) return found;
  // VISUAL is set by choice; EDITOR is often set by the system's installation.
  return visual ? [visual, ...found] : [...found, own];
}

function find(desktop: Desktop, { commands, mac, windows }: Editor): string | undefined {
  switch (desktop.platform) {
    case 'win32':
      return programAt(desktop, windows);
    case 'darwin':
      return inApplications(desktop, mac) ?? programInPath(desktop, commands);
    default:
      return programInPath(desktop, commands);
  }
}

function startOf(program: string, args: readonly string[], style: Style, target: OpenTarget) {
  return { program, args: [...args, ...placeArgs(style, target)] };
}

function placeArgs(style: Style, { folder, file, line, column }: OpenTarget): string[] {
  if (file === undefined) return [folder];
  if (line === undefined) return style === 'goto' || style === 'colons' ? [folder, file] : [file];
  switch (style) {
    case 'goto':
      return [folder, '--goto', `${file}:${line}:${column ?? 1}`];
    case 'colons':
      return [folder, `${file}:${line}:${column ?? 1}`];
    case 'line':
      return ['--line', String(line), '--column', String(column ?? 1), file];
    case 'plus':
      return [`+${line}`, file];
    case 'none':
      return [file];
  }
}

/**
 * What a variable names, such as `code --wait` or `"/opt/my editor/bin/it" -n`. One that isn't found
 * is none.
 */
function fromVariable(desktop: Desktop, name: 'VISUAL' | 'EDITOR'): Program | undefined {
  const value = desktop.env[name]?.trim();
  if (!value) return undefined;
  const [first, ...args] = desktop.isProgram(value) ? [value] : wordsOf(value);
  const system = pathsOf(desktop);
  if (first === undefined || /\.(cmd|bat)$/i.test(first)) return undefined;
  const names = desktop.platform === 'win32' ? [`${first}.exe`, first] : [first];
  const program = system.isAbsolute(first)
    ? desktop.isProgram(first) && first
    : system.basename(first) === first && programInPath(desktop, names);
  if (!program) return undefined;
  const command = system.basename(program).replace(/\.exe$/i, '');
  const known = editors.find(({ commands }) => commands.includes(command));
  const style = known?.style ?? (takesPlus.includes(command) ? 'plus' : 'none');
  const start = (target: OpenTarget) => startOf(program, args, style, target);
  const own = { id: 'environment', label: `${known?.label ?? command} ($${name})` };
  if (known || otherWindows.includes(command)) return { ...own, start };
  const wrap = inTerminal(desktop);
  return wrap && { ...own, start: (target) => wrap(start(target)) };
}

/** Words, of which some may be quoted as a whole. */
const wordsOf = (text: string): string[] =>
  [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
