import { Download, Upload } from 'lucide-react';
import { useRef } from 'react';
import { settingsIn, settingsText } from '#main/features/settings/contract/settings-file.ts';
import { client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { count } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { toast } from '../../ui/toast.ts';

/** What is set here as a file, and such a file taken over: all of it, or nothing. */
export function ExportImport() {
  const file = useRef<HTMLInputElement>(null);
  const save = useCommand<void, string>(
    async () => settingsText(await client.settings.describe()),
    {
      done: (text) => saveFile('drydock-settings.json', 'application/json', text),
    },
  );
  const take = useCommand(
    async (chosen: File) => {
      const values = settingsIn(await chosen.text());
      await client.settings.set(values);
      return Object.keys(values).length;
    },
    { done: (n) => toast.success(`${count(n)} ${n === 1 ? 'setting' : 'settings'} taken over`) },
  );
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        icon={<Download aria-hidden="true" size={15} />}
        busy={save.busy}
        onClick={() => void save.send()}
      >
        Export…
      </Button>
      <Button
        icon={<Upload aria-hidden="true" size={15} />}
        busy={take.busy}
        onClick={() => file.current?.click()}
      >
        Import…
      </Button>
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        aria-label="File with settings"
        className="hidden"
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          // The same file can be chosen again.
          event.target.value = '';
          if (chosen) void take.send(chosen);
        }}
      />
      <p className="min-w-0 flex-1 text-xs text-ink-dim">
        What is set here, without keys of services, for another machine.
      </p>
    </div>
  );
}
