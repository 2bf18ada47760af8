import path from 'node:path';
import { appRoot } from '../../lib/app-root.ts';
import { childEnv } from './exec.ts';

/**
 * Variables that Drydock, or its launcher, set for Drydock itself. The data folder is the user's
 * choice.
 */
const internal =
  /^(DRYDOCK_(?!HOME$)|ELECTRON_|CHROME_|npm_|INIT_CWD$|NODE_ENV$|NODE_CHANNEL|NODE_UNIQUE_ID$|VITE|TEST$)/;

/** Of another terminal than the one that this shell runs in. */
const otherTerminal =
  /^(TERM_|TMUX|STY$|WINDOW$|WINDOWID$|TERMCAP$|COLUMNS$|LINES$|VTE_|KITTY_|ITERM_|VSCODE_)/;

/** The environment of a user's shell: the user's own, with `toolFolders` first in PATH. */
export function shellEnv(toolFolders: readonly string[]): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(childEnv())) {
    if (value === undefined || internal.test(name) || otherTerminal.test(name)) continue;
    env[name] = value;
  }
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const own = appRoot() + path.sep;
  const folders = (env[pathName] ?? '').split(path.delimiter);
  // Drydock's launcher puts its own Node and packages first.
  const theirs = folders.filter((folder) => !(folder + path.sep).startsWith(own));
  env[pathName] = [...toolFolders, ...theirs].join(path.delimiter);
  env.COLORTERM = 'truecolor';
  env.TERM_PROGRAM = 'Drydock';
  // An application started from a menu has no locale, and a shell without one garbles text.
  if (!env.LC_ALL && !env.LC_CTYPE && !env.LANG) {
    env.LANG = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
  }
  return env;
}
