import { pinText } from '../../engines/pins.ts';
import type { ToolPin } from '../../engines/tools.ts';
import type { AskedVersion } from '../../kinds/kind.ts';
import type { Kinds } from '../../kinds/kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { ToolVersion } from './contract.ts';
import type { ProjectRow } from './store.ts';

/** The versions that runs of a project use. */
export interface PinnedTools {
  pins: ToolPin[];
  /** Which version is used and why, and what was ignored: lines for the log. */
  notes: string[];
}

type Row = Pick<ProjectRow, 'kind' | 'path' | 'toolVersions'>;

/** The version of each tool: the one that the user has chosen, otherwise what the folder asks for. */
export function toolVersions(kinds: Kinds) {
  const askedBy = async ({ kind, path }: Row): Promise<AskedVersion[]> =>
    (await kinds.get(kind)).toolVersions?.(path) ?? [];

  return {
    async list(row: Row): Promise<ToolVersion[]> {
      return (await askedBy(row)).map(({ toolchain: { id, label }, asked, ignored }) => ({
        ...{ tool: id, label, asked, ignored },
        chosen: row.toolVersions[id] ?? null,
      }));
    },

    /** Reads a few small files; never rejects for what is in them. */
    async pinned(row: Row): Promise<PinnedTools> {
      const pins: ToolPin[] = [];
      const notes: string[] = [];
      for (const { toolchain, asked, ignored } of await askedBy(row)) {
        const chosen = row.toolVersions[toolchain.id];
        const wanted = chosen ? { version: chosen, source: "the project's setting" } : asked;
        if (!chosen) notes.push(...ignored);
        if (!wanted) continue;
        const pin = { toolchain, ...wanted };
        pins.push(pin);
        notes.push(`${pinText(pin)}.`);
      }
      return { pins, notes };
    },

    /** Throws BAD_INPUT for a tool whose version can't be chosen. */
    async mustHave(row: Row, tool: string): Promise<void> {
      const known = (await askedBy(row)).map(({ toolchain }) => toolchain.id);
      if (known.includes(tool)) return;
      throw new AppError(
        'BAD_INPUT',
        known.length === 0
          ? `Projects of the kind ${row.kind} have no tool whose version can be chosen.`
          : `Projects of the kind ${row.kind} have no tool "${tool}" whose version can be chosen. Give ${known.join(' or ')}.`,
        { field: 'tool' },
      );
    },
  };
}
