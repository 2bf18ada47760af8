import { statSync } from 'node:fs';
import path from 'node:path';
import type { Workspace, WorkspaceProject } from '../engine.ts';
import { notInstalled, pinOf } from '../pins.ts';
import type { ToolSearch, ToolSpec } from '../tools.ts';
import { exec } from './exec.ts';
import { openShell } from './shell.ts';
import { findVersion } from './tool-versions.ts';
import { availableTool, type FoundTool, toolFolders, versionOf } from './tools.ts';

/** The project's own folder, and the tools in the versions that it asks for. */
export function processWorkspace(
  { path: folder, pins = [] }: WorkspaceProject,
  options: ToolSearch & { tools: readonly ToolSpec[] },
): Workspace {
  const pinned = new Map<string, Promise<FoundTool | undefined>>();

  /** undefined: it isn't here. */
  function findPinned(spec: ToolSpec, version: string): Promise<FoundTool | undefined> {
    const finding = pinned.get(spec.name) ?? findVersion(spec, version, options);
    pinned.set(spec.name, finding);
    return finding;
  }

  async function found(spec: ToolSpec): Promise<FoundTool> {
    const pin = pinOf(spec, pins);
    if (!pin) return availableTool(spec, options);
    const tool = await findPinned(spec, pin.version);
    if (tool) return tool;
    throw notInstalled(pin);
  }

  const specOf = (name: string): ToolSpec | undefined =>
    options.tools.find((spec) => spec.name === name);

  async function known(name: string): Promise<{ spec: ToolSpec; tool: FoundTool }> {
    const spec = specOf(name);
    if (!spec) throw new Error(`there is no tool ${name}`);
    return { spec, tool: await found(spec) };
  }

  /** Folders for PATH, those of the asked versions first, and what to say of versions that lack. */
  async function folders(): Promise<{ first: string[]; lacking: string[] }> {
    const first: string[] = [];
    const lacking = new Set<string>();
    for (const spec of options.tools) {
      const pin = pinOf(spec, pins);
      if (!pin) continue;
      const tool = await findPinned(spec, pin.version);
      if (tool) first.push(path.dirname(tool.path));
      else if (spec.name === pin.toolchain.main) lacking.add(notInstalled(pin).message);
    }
    return { first: [...new Set(first)], lacking: [...lacking] };
  }

  return {
    engine: 'process',
    ownFolders: async () => [],
    async toolIdentity(name) {
      const { tool } = await known(name);
      const { size, mtimeMs } = statSync(tool.path);
      return `${tool.path}:${size}:${mtimeMs}`;
    },
    async toolVersion(name) {
      const { spec, tool } = await known(name);
      return pinOf(spec, pins)?.version ?? versionOf(spec, tool);
    },
    async exec(command, execution) {
      const spec = specOf(command.program);
      const program = spec ? (await found(spec)).path : command.program;
      return exec(program, command, execution);
    },
    async openShell(shell) {
      const { first, lacking } = await folders();
      const all = [...new Set([...first, ...toolFolders(options.tools, options)])];
      const opened = await openShell(folder, all, shell);
      // A shell is where a version is installed, so it opens without it, and says so.
      for (const line of lacking) shell.onData(`${line}\r\n`);
      return opened;
    },
    async end() {
      // The workspace is the user's own folder, so nothing is removed.
    },
  };
}
