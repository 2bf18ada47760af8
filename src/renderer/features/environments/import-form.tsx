import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Imported } from '#main/features/environments/contract.ts';
import { api, client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { DialogActions } from '../../ui/dialog.tsx';
import { plural } from '../../ui/format.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { toast } from '../../ui/toast.ts';
import type { EnvironmentDialog } from './dialog-state.ts';
import { type ScopeName, scopeInput, scopes, scopeWords } from './scopes.ts';

const MOST_BYTES = 1_000_000;

interface ImportFormProps {
  dialog: EnvironmentDialog;
  onClose(): void;
}

/** Shows what a `.env` holds beside what is kept, and imports what is chosen. */
export function ImportForm({ dialog: { project, target }, onClose }: ImportFormProps) {
  const [scope, setScope] = useState<ScopeName>('project');
  const [text, setText] = useState('');
  const [replaced, setReplaced] = useState<readonly string[]>([]);
  const at = scopeInput(scope, project.id, target);
  const { data, error } = useQuery({
    ...api.environments.read.queryOptions({ input: { ...at, text } }),
    enabled: text !== '',
    // What was pasted is kept no longer than the dialog is open.
    gcTime: 0,
  });
  const {
    send,
    busy,
    error: failure,
  } = useCommand(() => client.environments.import({ ...at, text, replace: [...replaced] }), {
    inPlace: true,
    done: (done: Imported) => {
      toast.success(`${plural(done.added.length + done.replaced.length, 'variable')} imported`);
      onClose();
    },
  });
  const problem = error ?? failure;
  const found = text === '' ? undefined : data;
  const coming = found?.variables.filter(
    ({ name, state }) => state === 'new' || (state === 'other' && replaced.includes(name)),
  );
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void send(undefined);
      }}
    >
      <div className="flex items-end gap-3">
        <SelectField<ScopeName>
          label="For"
          value={scope}
          options={scopes.map((one) => ({
            ...{ value: one, text: scopeWords[one](target), label: scopeWords[one](target) },
          }))}
          onChange={setScope}
        />
        <label className="flex min-w-0 flex-1 flex-col gap-1 text-xs">
          <span className="font-medium text-ink-soft">File</span>
          <input
            type="file"
            className="h-[30px] text-sm text-ink-soft file:mr-2 file:h-[30px] file:rounded-md file:border file:border-edge file:bg-transparent file:px-2.5 file:text-sm file:text-ink"
            onChange={({ target: { files } }) => {
              const [file] = files ?? [];
              if (file && file.size <= MOST_BYTES) void file.text().then(setText);
              else if (file) toast.error(`${file.name} is larger than 1 MB`);
            }}
          />
        </label>
      </div>
      <TextArea
        label="Or its text"
        rows={3}
        className="[&_textarea]:[-webkit-text-security:disc]"
        placeholder="API_KEY=…"
        value={text}
        onChange={({ target: { value } }) => setText(value)}
      />
      {problem && <ProblemNotice error={problem} />}
      {found && (
        <ul
          aria-label="Variables of the file"
          className="flex max-h-60 flex-col overflow-y-auto rounded-lg border border-line"
        >
          {found.variables.map(({ name, note, state, secret }) => (
            <li
              key={name}
              className="flex items-center gap-3 border-b border-line px-3 py-1.5 text-sm last:border-b-0"
            >
              <code className="min-w-0 shrink-0 font-mono text-xs">{name}</code>
              <span className="min-w-0 flex-1 truncate text-xs text-ink-dim">{note}</span>
              <span className="text-xs text-ink-dim">{secret ? 'hidden' : 'shown in logs'}</span>
              {state === 'other' ? (
                // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is in it
                <label className="flex items-center gap-1.5 text-xs text-warn">
                  <Checkbox
                    aria-label={`Replace ${name}`}
                    checked={replaced.includes(name)}
                    onChange={({ target: { checked } }) =>
                      setReplaced(
                        checked ? [...replaced, name] : replaced.filter((one) => one !== name),
                      )
                    }
                  />
                  replace
                </label>
              ) : (
                <span className="text-xs text-ink-soft">{state}</span>
              )}
            </li>
          ))}
          {found.problems.map(({ line, problem: why }) => (
            <li key={`${line} ${why}`} className="px-3 py-1.5 text-xs text-warn">
              Line {line}: {why}
            </li>
          ))}
        </ul>
      )}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy} disabled={!coming?.length}>
          {coming?.length ? `Import ${plural(coming.length, 'variable')}` : 'Import'}
        </Button>
      </DialogActions>
    </form>
  );
}
