import type { NamedCheck } from '../shared/check.ts';
import type { Engine } from './engine.ts';
import type { ToolSpec } from './tools.ts';

/** Checks whether a tool is installed and runs. */
export function toolCheck(
  { name, homeFolder }: ToolSpec,
  engine: Pick<Engine, 'tool'>,
): NamedCheck {
  return {
    id: name,
    title: name,
    async look() {
      const found = await engine.tool(name);
      const where = {
        settings: 'from the settings',
        home: `from ${homeFolder?.label}`,
        path: 'from PATH',
        bundled: 'shipped with Drydock',
        downloaded: 'downloaded by Drydock',
        image: 'in the image',
      }[found.source];
      return { status: 'ok', detail: `${found.version}, ${where} (${found.path})`, remedy: null };
    },
  };
}
