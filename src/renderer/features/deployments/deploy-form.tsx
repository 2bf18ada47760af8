import { useQuery } from '@tanstack/react-query';
import { FileCode } from 'lucide-react';
import { api } from '../../client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { ProblemNotice } from '../app/problem-notice.tsx';
import { ArgumentFields } from './argument-fields.tsx';
import { useDraft, useDrafts } from './deploy-draft.ts';
import { FromPicker } from './from-picker.tsx';
import { KeystoreFields } from './keystore-fields.tsx';
import { MoreOptions } from './more-options.tsx';
import { RetryNotice } from './retry-notice.tsx';
import { useChoice } from './use-choice.ts';

/** What is deployed, from whom, with which arguments. Where to is the page's own picker. */
export function DeployForm({ project }: { project: number }) {
  const draft = useDraft(project);
  const change = useDrafts((state) => state.change);
  const choice = useChoice(project);
  const scripts = useQuery(api.projects.scripts.queryOptions({ input: { project } }));
  const chains = useQuery(api.chains.list.queryOptions()).data ?? [];
  const settings = useQuery(api.settings.get.queryOptions()).data;

  if (scripts.error) {
    return <ProblemNotice error={scripts.error} onRetry={() => void scripts.refetch()} />;
  }
  // Holds the row's place while the scripts are read.
  if (!scripts.data) return <div className="h-[30px] shrink-0" />;

  const problems = scripts.data.filter((script) => script.problem);
  const { network, entry, fn } = choice;
  const chain = chains.find(({ name }) => name === network?.name);

  return (
    <>
      <RetryNotice project={project} draft={draft} />
      {choice.entries.length === 0 ? (
        <EmptyState icon={<FileCode size={22} />} title="No deploy script yet">
          Drydock runs Foundry scripts. Add <code className="font-mono">script/Deploy.s.sol</code>{' '}
          with a contract that has a <code className="font-mono">run()</code> function and wraps its
          transactions in <code className="font-mono">vm.startBroadcast()</code>.
        </EmptyState>
      ) : (
        <div className="flex shrink-0 flex-wrap items-center gap-1.5">
          <Select
            label="Script"
            prefix={<FileCode aria-hidden="true" size={14} />}
            value={entry?.id ?? null}
            options={choice.entries.map((one) => ({
              value: one.id,
              text: one.id,
              label: one.alone ? one.file : one.id,
            }))}
            onChange={(script) => change(project, { script, signature: undefined })}
            mono
            className="max-w-80"
          />
          <Select
            label="Function"
            prefix="function"
            value={fn?.signature ?? null}
            options={(entry?.functions ?? []).map((one) => ({
              value: one.signature,
              text: one.signature,
              label: one.signature,
            }))}
            onChange={(signature) => change(project, { signature })}
            placeholder="none"
            mono
            className="max-w-80"
          />
          {network && network.kind !== 'remote' && (
            <FromPicker
              chain={network.name}
              running={chain?.status === 'running'}
              value={draft.from}
              onChange={(from) => change(project, { from })}
            />
          )}
          <MoreOptions
            project={project}
            draft={draft}
            beside={
              network?.kind !== 'remote' && (
                <Switch
                  label="Snapshot before deploy"
                  checked={draft.snapshot ?? settings?.snapshotBeforeDeploy ?? true}
                  onChange={(snapshot) => change(project, { snapshot })}
                />
              )
            }
          />
        </div>
      )}
      {network?.kind === 'remote' && <KeystoreFields project={project} draft={draft} />}
      {fn && (
        <ArgumentFields
          project={project}
          fn={fn}
          values={choice.args}
          onChange={(args) => change(project, { args: { ...draft.args, [choice.argsKey]: args } })}
        />
      )}
      {problems.map((script) => (
        <ErrorNotice
          key={script.file}
          tone="warn"
          message={`${script.file} could not be read: ${script.problem}`}
        />
      ))}
    </>
  );
}
