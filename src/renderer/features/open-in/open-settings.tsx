import { useQuery } from '@tanstack/react-query';
import type { OpenProgram } from '#main/features/open-in/contract.ts';
import { api, client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import type { SlotProps } from '../../core/feature/slots.ts';
import { useInfo } from '../../core/queries/use-info.ts';
import { Setting } from '../../core/settings/setting.tsx';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { toast } from '../../ui/toast.ts';

/** The programs that projects are opened in, and a way to the data folder. */
export function OpenSettings({ settings, change }: SlotProps['settings.sections']) {
  const programs = useQuery(api.openIn.programs.queryOptions()).data;
  const info = useInfo().data;
  const show = useCommand(() => client.openIn.dataFolder({}), {
    done: ({ program }) => toast.success(`Opened in ${program}`, { duration: 2000 }),
  });
  if (!programs) return null;
  return (
    <Section title="Open in">
      {programs.problem !== null && <p className="text-sm text-ink-dim">{programs.problem}</p>}
      <Setting name="Editor" of="editor" about="What projects and lines of source are opened in.">
        <Select
          label="Editor"
          value={settings.editor}
          options={optionsOf(programs.editor, settings.editor)}
          onChange={(editor) => void change({ editor })}
        />
      </Setting>
      <Setting name="Terminal" of="terminal" about="The terminal that a project is opened in.">
        <Select
          label="Terminal"
          value={settings.terminal}
          options={optionsOf(programs.terminal, settings.terminal)}
          onChange={(terminal) => void change({ terminal })}
        />
      </Setting>
      {info && programs.files[0] && (
        <Setting name="Data folder" about={info.dataFolder}>
          <Button size="sm" busy={show.busy} onClick={() => void show.send(undefined)}>
            Show in {programs.files[0].label}
          </Button>
        </Setting>
      )}
    </Section>
  );
}

/** Also the one that is set and isn't there. */
function optionsOf(found: OpenProgram[], set: string) {
  const first = found[0] ? `first found: ${found[0].label}` : 'none is found';
  const missing =
    set === 'auto' || found.some(({ id }) => id === set)
      ? []
      : [{ value: set, text: set, label: `${set}, which is not found` }];
  return [
    { value: 'auto', text: first, label: first },
    ...found.map(({ id, label }) => ({ value: id, text: label, label })),
    ...missing,
  ];
}
