import { Bookmark, BookmarkX } from 'lucide-react';
import { CommandItem } from '../../../ui/command-item.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { isAsKept } from '../request/shown-inputs.ts';
import { type DeployRequest, useRequest } from '../request/use-request.ts';
import { useDefaults } from './use-defaults.ts';

/** Says that values of the form are those that are kept for its target. */
export function DefaultsMark({ request: { shown, target } }: { request: DeployRequest }) {
  const labels = shown.filter(isAsKept).map(({ input }) => input.label);
  if (labels.length === 0) return null;
  return (
    <Tooltip text={labels.join(', ')}>
      <span className="inline-flex items-center gap-1 px-1 text-xs whitespace-nowrap text-ink-dim">
        <Bookmark aria-hidden="true" size={12} />
        default for {target.name}
      </span>
    </Tooltip>
  );
}

/** Keeps what the form holds for its target or for all of them, or forgets it. */
export function DefaultsMenu({ project, request }: { project: number; request: DeployRequest }) {
  const { keep, keepForAll, forget, forgetForAll } = useDefaults(project, request);
  const { name } = request.target;
  const { own, every } = request.isKept;
  return (
    <Menu
      label={`Defaults for ${name}`}
      items={[
        { label: `Keep as default for ${name}`, icon: <Bookmark size={14} />, onSelect: keep },
        { label: 'Keep as default everywhere', icon: <Bookmark size={14} />, onSelect: keepForAll },
        {
          label: `Forget default for ${name}`,
          icon: <BookmarkX size={14} />,
          disabled: !own,
          onSelect: forget,
        },
        ...(every
          ? [
              {
                label: 'Forget default everywhere',
                icon: <BookmarkX size={14} />,
                onSelect: forgetForAll,
              },
            ]
          : []),
      ]}
    />
  );
}

/** The same from the command palette. */
export function DefaultsCommands({ project, name }: { project: number; name: string }) {
  const { request } = useRequest(project);
  return request && <Commands project={project} name={name} request={request} />;
}

function Commands({
  project,
  name,
  request,
}: {
  project: number;
  name: string;
  request: DeployRequest;
}) {
  const { keep, forget } = useDefaults(project, request);
  const target = request.target.name;
  return (
    <>
      <CommandItem
        title={`Keep the form of ${name} as default for ${target}`}
        icon={<Bookmark size={15} />}
        keywords={['save', 'inputs', 'script']}
        onSelect={keep}
      />
      {request.isKept.own && (
        <CommandItem
          title={`Forget the default of ${name} for ${target}`}
          icon={<BookmarkX size={15} />}
          keywords={['reset', 'inputs']}
          destroys={{
            question: `Forget the default of ${name} for ${target}?`,
            text: 'The form begins with the values of the project again.',
            confirm: 'Forget it',
          }}
          onSelect={forget}
        />
      )}
    </>
  );
}
