import { Autocomplete } from '@base-ui/react/autocomplete';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Folder, FolderCheck } from 'lucide-react';
import { useId, useState } from 'react';
import { api } from '../../core/client.ts';
import { inputLook } from '../../ui/field.tsx';

interface FolderFieldProps {
  value: string;
  onChange(value: string): void;
  /** Which one to give. */
  about: string;
  error: string | null;
}

/** A path that completes itself as it is typed: folders only, projects marked. */
export function FolderField({ value, onChange, about, error }: FolderFieldProps) {
  const id = useId();
  const [asked, setAsked] = useState(false);
  const { data: folders = [], isPlaceholderData } = useQuery(
    api.projects.completePath.queryOptions({
      input: { prefix: value },
      placeholderData: keepPreviousData,
      // The disk changes without an event.
      staleTime: 2000,
      retry: false,
    }),
  );
  const items = folders.filter(
    ({ path }) => path !== value && (!isPlaceholderData || path.startsWith(value)),
  );
  // For the complete path of a project, a list of suggestions would be in the way.
  const found = folders.some((folder) => folder.path === value && folder.isProject);
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium text-ink-soft">
        Folder
      </label>
      <Autocomplete.Root
        items={items}
        mode="none"
        value={value}
        onValueChange={onChange}
        itemToStringValue={(folder) => folder.path}
        openOnInputClick
        open={asked && !found && items.length > 0}
        onOpenChange={setAsked}
      >
        <Autocomplete.Input
          id={id}
          autoFocus
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          placeholder="/home/you/code/my-protocol"
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-about`}
          className={`${inputLook} font-mono text-xs`}
        />
        <Autocomplete.Portal>
          <Autocomplete.Positioner sideOffset={4} align="start" className="z-50 outline-none">
            <Autocomplete.Popup className="max-h-[min(16rem,var(--available-height))] w-[var(--anchor-width)] overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 shadow-pop empty:hidden data-empty:hidden">
              <Autocomplete.List>
                {(folder: { path: string; isProject: boolean }) => (
                  <Autocomplete.Item
                    key={folder.path}
                    value={folder}
                    className="flex h-[26px] items-center gap-2 rounded-md px-2 font-mono text-xs outline-none select-none data-highlighted:bg-hover"
                  >
                    {folder.isProject ? (
                      <FolderCheck aria-hidden="true" size={14} className="shrink-0 text-ok" />
                    ) : (
                      <Folder aria-hidden="true" size={14} className="shrink-0 text-ink-dim" />
                    )}
                    <span className="min-w-0 flex-1 truncate">{folder.path}</span>
                    {folder.isProject && (
                      <span className="font-sans text-2xs text-ink-dim">project</span>
                    )}
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
      <p
        id={`${id}-about`}
        role={error ? 'alert' : undefined}
        className={`text-xs ${error ? 'text-bad' : 'text-ink-dim'}`}
      >
        {error ?? about}
      </p>
    </div>
  );
}
