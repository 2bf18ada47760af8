import { Link } from 'wouter';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import type { KindInput } from '#main/shared/kind.ts';
import { chainPath, containersPath } from '../../../core/paths.ts';
import { useKind } from '../../../core/queries/use-kinds.ts';
import { familyOf } from '../../../families/all.ts';
import { Copyable } from '../../../ui/copyable.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { dateTime, duration, plural } from '../../../ui/format.ts';

function Commit({ run }: { run: DeploymentDetail }) {
  if (!run.commit) return 'no repository';
  return (
    <span className="inline-flex items-baseline gap-2">
      <Copyable value={run.commit} what="commit">
        {run.commit.slice(0, 7)}
      </Copyable>
      {run.branch}
      {run.dirty ? <span className="text-warn">{plural(run.dirty, 'file')} changed</span> : null}
    </span>
  );
}

/** A run's request: each input of its kind that it sets. */
function InputFacts({ input, value }: { input: KindInput; value: unknown }) {
  if (value === undefined || value === '') return null;
  if (Array.isArray(value)) {
    const one = input.label.replace(/s$/, '');
    return value.map((item, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a value is its position
      <Fact key={`${index} ${item}`} name={value.length > 1 ? `${one} ${index + 1}` : one}>
        <span className="font-mono text-xs break-all">{String(item)}</span>
      </Fact>
    ));
  }
  if (typeof value === 'boolean') return <Fact name={input.label}>{value ? 'yes' : 'no'}</Fact>;
  return (
    <Fact name={input.label}>
      <span className="font-mono text-xs break-all">{String(value)}</span>
    </Fact>
  );
}

/** A run's target, its request, and its duration. */
export function RunFacts({ run }: { run: DeploymentDetail }) {
  const family = familyOf(run.family);
  const kind = useKind(run.kind);
  const onChain = kind?.target !== 'runtime';
  return (
    <Facts>
      <Fact name={onChain ? 'Network' : 'Target'}>
        <Link href={onChain ? chainPath(run.target) : containersPath} className="hover:underline">
          {run.target}
        </Link>
      </Fact>
      <Fact name={`${family.tab.label} are`}>
        {run.live === null
          ? 'not known'
          : run.live
            ? `${family.place} now`
            : `not ${family.place}: ${family.gone}`}
      </Fact>
      {family.Facts && <family.Facts run={run} />}
      {kind?.inputs.map((input) => (
        <InputFacts key={input.name} input={input} value={run.input[input.name]} />
      ))}
      <Fact name="Commit">
        <Commit run={run} />
      </Fact>
      <Fact name="Started">{run.startedAt === null ? '—' : dateTime(run.startedAt)}</Fact>
      <Fact name="Took">
        {run.startedAt !== null && run.endedAt !== null
          ? duration(run.endedAt - run.startedAt)
          : '—'}
      </Fact>
      {onChain && <Fact name="Snapshot before">{run.snapshot?.name ?? 'none'}</Fact>}
    </Facts>
  );
}
