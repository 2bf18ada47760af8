import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowUp, Folder, FolderCheck, FolderSymlink } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { FolderView } from '#main/features/projects/contract.ts';
import { api } from '../../core/client.ts';
import { problemOf } from '../../core/problems/problem.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';

interface FolderBrowserProps {
  /** The folder that is shown; empty: the user's home folder. */
  folder: string;
  onOpen(folder: string): void;
}

/** The folders of the machine that the core runs on: within the home folder until told otherwise. */
export function FolderBrowser({ folder, onOpen }: FolderBrowserProps) {
  const [anywhere, setAnywhere] = useState(false);
  const { data: view, error } = useQuery(
    api.projects.browse.queryOptions({
      input: { path: folder || undefined, anywhere },
      placeholderData: keepPreviousData,
      staleTime: 2000,
      retry: false,
    }),
  );
  const problem = error ? problemOf(error) : null;
  return (
    <section aria-label="Folders" className="overflow-hidden rounded-lg border border-line">
      {view && !problem && <FolderHead view={view} onOpen={onOpen} />}
      {problem ? (
        <div className="flex items-center gap-3 px-3 py-2.5 text-xs text-ink-dim" role="status">
          <span className="min-w-0 flex-1 break-words">{problem.message}</span>
          {problem.code === 'OUTSIDE_HOME' && (
            <Button size="sm" onClick={() => setAnywhere(true)}>
              Look outside of it
            </Button>
          )}
          <Button size="sm" onClick={() => onOpen('')}>
            Home folder
          </Button>
        </div>
      ) : (
        view && <FolderRows key={view.path} view={view} onOpen={onOpen} />
      )}
    </section>
  );
}

interface ViewProps {
  view: FolderView;
  onOpen(folder: string): void;
}

function FolderHead({ view, onOpen }: ViewProps) {
  const { parent } = view;
  return (
    <div className="flex items-center gap-2 border-b border-line px-2 py-1">
      <IconButton
        label="Folder above"
        disabled={parent === null}
        icon={<ArrowUp size={15} />}
        onClick={() => parent !== null && onOpen(parent)}
      />
      <span className="min-w-0 flex-1 truncate font-mono text-xs text-ink-soft" title={view.path}>
        {shortened(view)}
      </span>
    </div>
  );
}

/** Arrow keys go through the folders, Backspace and the left one to the folder above. */
function FolderRows({ view, onOpen }: ViewProps) {
  const { folders, parent, isWhole } = view;
  const list = useRef<HTMLUListElement>(null);
  const isFirst = useRef(document.activeElement?.tagName === 'INPUT');
  useEffect(() => {
    // Not while a path is typed, which the list follows.
    if (!isFirst.current) list.current?.querySelector('button')?.focus();
  }, []);
  const move = (event: KeyboardEvent) => {
    const rows = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === 'ArrowDown') rows[at + 1]?.focus();
    else if (event.key === 'ArrowUp') rows[at - 1]?.focus();
    else if (event.key === 'ArrowRight') rows[at]?.click();
    else if ((event.key === 'ArrowLeft' || event.key === 'Backspace') && parent !== null) {
      onOpen(parent);
    } else return;
    event.preventDefault();
  };
  if (folders.length === 0) {
    return <p className="px-3 py-2.5 text-xs text-ink-dim">There is no folder in it.</p>;
  }
  return (
    <ul ref={list} onKeyDown={move} className="max-h-[24vh] overflow-y-auto p-1">
      {folders.map((one) => (
        <li key={one.path}>
          <FolderRow folder={one} onOpen={onOpen} />
        </li>
      ))}
      {!isWhole && (
        <li className="px-2 py-1 text-xs text-ink-dim">There are more: type the path.</li>
      )}
    </ul>
  );
}

interface FolderRowProps {
  folder: FolderView['folders'][number];
  onOpen(folder: string): void;
}

function FolderRow({ folder: { name, path, isLink, isProject }, onOpen }: FolderRowProps) {
  const look =
    'flex h-[26px] w-full items-center gap-2 rounded-md px-2 text-left font-mono text-xs';
  if (isLink) {
    return (
      <span className={`${look} text-ink-dim`} title={path}>
        <FolderSymlink aria-hidden="true" size={14} className="shrink-0" />
        <span className="min-w-0 flex-1 truncate">{name}</span>
        <span className="font-sans text-2xs">a link, not followed</span>
      </span>
    );
  }
  return (
    <button type="button" onClick={() => onOpen(path)} className={`${look} hover:bg-hover`}>
      {isProject ? (
        <FolderCheck aria-hidden="true" size={14} className="shrink-0 text-ok" />
      ) : (
        <Folder aria-hidden="true" size={14} className="shrink-0 text-ink-dim" />
      )}
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {isProject && <span className="font-sans text-2xs text-ink-dim">project</span>}
    </button>
  );
}

const shortened = ({ path, home }: FolderView): string =>
  path === home || path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
