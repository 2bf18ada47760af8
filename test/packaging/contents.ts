import { readdirSync } from 'node:fs';
import path from 'node:path';

/** What a package consists of: every file fits a pattern, and every pattern fits a file. */
export type Contents = readonly RegExp[];

/** Files that no pattern expects, and patterns without a file. */
export function differences(files: readonly string[], contents: Contents) {
  return {
    superfluous: files.filter((file) => !contents.some((pattern) => pattern.test(file))),
    missing: contents
      .filter((pattern) => !files.some((file) => pattern.test(file)))
      .map((pattern) => pattern.source),
  };
}

/** The files below a folder, relative to it, with slashes. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'));

const arch = process.arch;
const foundry = arch === 'x64' ? 'amd64' : arch;

/** In the archive and in the folder beside it. */
const own: Contents = [
  /^package\.json$/,
  /^out\/main\/(artifacts-reader|cli|contracts-worker|db-worker|diff-worker|gateway|gateway-chain|host|index|scripts-worker|signer|variables-worker)\.js$/,
  /^out\/main\/chunks\/[\w.-]+\.js$/,
  /^out\/main\/chunks\/proto\/auth\.proto$/,
  /^out\/main\/reference\/(LICENSE|NOTICE|swagger-ui-bundle\.js|swagger-ui\.css)$/,
  /^out\/preload\/index\.cjs$/,
  /^out\/renderer\/(index\.html|theme\.js)$/,
  /^out\/renderer\/assets\/[\w.-]+\.(css|js)$/,
  /^out\/renderer\/assets\/(inter|jetbrains-mono)-[\w-]+\.woff2$/,
  /^out\/renderer\/docs\/[\w-]+\.(css|html|js|json)$/,
  /^resources\/completion\/drydock\.(bash|fish|zsh)$/,
  /^resources\/docker\/[\w.-]+\.(Dockerfile|sh)$/,
  /^resources\/hardhat\/(in-container\.sh|preload\.cjs)$/,
  /^resources\/(icon\.svg|(mainnets|networks)\.json)$/,
  /^resources\/templates\/foundry\/(README\.md|foundry\.toml|gitignore|(script|src|test)\/[\w.]+\.sol)$/,
  /^resources\/templates\/hardhat\/(README\.md|gitignore|hardhat\.config\.ts|package\.json)$/,
  /^resources\/templates\/hardhat\/(contracts\/Counter\.sol|ignition\/modules\/Counter\.ts)$/,
  /^resources\/tray\/trayTemplate(@2x)?\.png$/,
  /^node_modules\/better-sqlite3\/(LICENSE|package\.json)$/,
  /^node_modules\/better-sqlite3\/lib\/[\w/-]+\.js$/,
  new RegExp(`^node_modules/better-sqlite3/prebuilds/linux-${arch}\\.node$`),
  /^node_modules\/@lydell\/node-pty\/(LICENSE|package\.json)$/,
  /^node_modules\/@lydell\/node-pty\/[\w/]+\.js$/,
  new RegExp(`^node_modules/@lydell/node-pty-linux-${arch}/(package\\.json|pty\\.node)$`),
];

export const archive: Contents = own;

const openers =
  'bundle-name|default-browser|default-browser-id|define-lazy-prop|is-docker|is-in-ssh|is-inside-container|is-wsl|open|powershell-utils|run-applescript|wsl-utils';
const compiler =
  'command-exists|follow-redirects|js-sha3|memorystream|solc|solc/node_modules/commander|solc/node_modules/semver|tmp';

/** The folder `core`, with `solc` for compiling and `open` for the browser. */
export const core: Contents = [
  ...own,
  new RegExp(`^node_modules/(${openers}|${compiler})/(package\\.json|licen[cs]e(\\.txt)?)$`, 'i'),
  new RegExp(`^node_modules/(${openers}|${compiler})/([a-z-]+/)*[\\w.-]+\\.m?js$`, 'i'),
  /^node_modules\/open\/xdg-open$/,
  /^node_modules\/solc\/node_modules\/(commander\/package-support\.json|semver\/(range\.bnf|bin\/semver))$/,
];

/** What `core` has besides, unless it is left out. */
export const toolchain: Contents = ['forge', 'cast', 'anvil'].map(
  (tool) =>
    new RegExp(`^node_modules/@foundry-rs/${tool}-linux-${foundry}/(package\\.json|bin/${tool})$`),
);

/** What is in its place where it was left out. */
export const leftOut: Contents = [/^resources\/left-out-tools\.json$/];

/** Beside the archive, apart from `core`. */
export const resources: Contents = [
  /^app\.asar$/,
  new RegExp(`^app\\.asar\\.unpacked/node_modules/better-sqlite3/prebuilds/linux-${arch}\\.node$`),
  new RegExp(`^app\\.asar\\.unpacked/node_modules/@lydell/node-pty-linux-${arch}/pty\\.node$`),
  /^bin\/drydock$/,
  /^licences\.txt$/,
  /^node\/(LICENSE|bin\/node)$/,
];
