import { ChevronUp, PackageSearch } from 'lucide-react';
import { useEffect } from 'react';
import type { Choices } from '#main/shared/kind.ts';
import { Slot } from '../../../core/feature/slot.tsx';
import { KnownProblem, ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { FieldProblem } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { enter, useDraft } from '../request/deploy-draft.ts';
import { closeForm, openForm, useFormOpen } from '../request/form-open.ts';
import { offered, type ShownInput } from '../request/shown-inputs.ts';
import { type DeployRequest, useRequest } from '../request/use-request.ts';
import { InputControl, isCompact, isGroup } from './controls/input-control.tsx';
import { DefaultsMark, DefaultsMenu } from './deploy-defaults.tsx';
import { FormLine } from './form-line.tsx';
import { MoreOptions } from './more-options.tsx';
import { RetryNotice } from './retry-notice.tsx';
import { clearStartProblem, type StartProblem, useStartProblem } from './start-problem.ts';

/** What resembles an entry but isn't offered, and what is unknown about the entries. */
function LeftOut({ choices: { entries } }: { choices: Choices }) {
  const leftOut = Map.groupBy(
    entries.filter((entry) => entry.leftOut !== undefined),
    (entry) => entry.leftOut,
  );
  const notes = offered({ entries }).flatMap(({ note }) => note ?? []);
  return (
    <>
      {[...leftOut].map(([why, some]) => (
        <p key={why} className="text-xs text-ink-dim">
          Left out: <span className="font-mono">{some.map(({ value }) => value).join(', ')}</span>.{' '}
          {why}
        </p>
      ))}
      {notes.map((note) => (
        <p key={note} className="text-xs text-ink-dim">
          {note}
        </p>
      ))}
      {entries
        .filter((entry) => entry.problem !== undefined)
        .map(({ value, problem }) => (
          <ErrorNotice key={value} tone="warn" message={`${value} could not be read: ${problem}`} />
        ))}
    </>
  );
}

/** A remembered choice that is no longer in the project. */
function Gone({ shown }: { shown: readonly ShownInput[] }) {
  return shown.map(
    ({ input, gone }) =>
      gone !== undefined && (
        <ErrorNotice
          key={input.name}
          tone="warn"
          message={`${gone} isn’t in this project any more. Choose another one beside ${input.label}.`}
        />
      ),
  );
}

/** What the page shows below the form. */
export type Beside = 'a run' | 'nothing' | 'not known';

/**
 * What is deployed, from whom, with which arguments. The page has a picker of its own for the
 * target. Beside a run it is one line, as long as nobody edits it and nothing is wrong with it.
 */
export function DeployForm({ project, beside }: { project: number; beside: Beside }) {
  const draft = useDraft(project);
  const { request, error } = useRequest(project);
  if (error) return <ProblemNotice error={error} />;
  // Reserves the row's space while the project is loading.
  if (!request) return <div className="h-[30px] shrink-0" />;
  return (
    <>
      <RetryNotice project={project} draft={draft} />
      <Form project={project} request={request} beside={beside} />
    </>
  );
}

/** Why the deployment was not started, if it is about no field or has a remedy. */
function StartNotice({ project, problem }: { project: number; problem: StartProblem | null }) {
  if (!problem) return null;
  return <KnownProblem problem={problem} onFixed={() => clearStartProblem(project)} />;
}

/** What other features know of what would be deployed. */
function Notices({ project, request }: { project: number; request: DeployRequest }) {
  const entry = request.shown.find(({ input }) => input.control === 'entry')?.value;
  return (
    <Slot
      name="deploy.notices"
      project={project}
      target={request.target.name}
      entry={typeof entry === 'string' ? entry : undefined}
    />
  );
}

/** A call without arguments has no field for them. */
const isDrawn = ({ input, call }: ShownInput): boolean =>
  input.control !== 'abi-arguments' || (call?.parameters ?? []).length > 0;

const isFilled = ({ value }: ShownInput): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false && value !== '';

/** The row of choices by itself is as high as the line that stands for it. */
const isOneRow = ({ shown }: DeployRequest): boolean =>
  shown.every(
    (one) =>
      one.input.advanced ||
      isCompact(one.input.control) ||
      one.input.control === 'switch' ||
      !isDrawn(one),
  );

function Form(props: { project: number; request: DeployRequest; beside: Beside }) {
  const { project, request, beside } = props;
  const open = useFormOpen((state) => state.open[project]) ?? beside === 'nothing';
  const problem = useStartProblem(project);
  useEffect(() => {
    if (problem) openForm(project);
  }, [problem, project]);
  const oneRow = isOneRow(request);
  if (oneRow || open || problem) {
    return (
      // What is being edited stays open, also when a run begins elsewhere.
      <fieldset
        aria-label="What is deployed"
        className="contents"
        onFocus={() => openForm(project)}
      >
        <Inputs
          project={project}
          request={request}
          onClose={beside === 'a run' && !oneRow ? () => closeForm(project) : undefined}
        />
      </fieldset>
    );
  }
  if (beside === 'not known') return <div className="h-[34px] shrink-0" />;
  return (
    <>
      <FormLine project={project} request={request} />
      <Gone shown={request.shown} />
      <Notices project={project} request={request} />
    </>
  );
}

interface InputsProps {
  project: number;
  request: DeployRequest;
  /** Makes it one line again. */
  onClose?(): void;
}

function Inputs({ project, request, onClose }: InputsProps) {
  const problem = useStartProblem(project);
  const { kind, choices, shown, target } = request;
  const needsEntry = kind.inputs.some(({ control }) => control === 'entry');
  const draw = (one: ShownInput) => (
    <InputControl
      key={one.input.name}
      project={project}
      target={target.name}
      shown={one}
      choices={choices}
      problem={problem?.name === one.input.name ? problem : null}
      onChange={(value) => enter(project, target.name, one.key, value)}
    />
  );
  const usual = shown.filter(({ input }) => !input.advanced);
  const advanced = shown.filter(({ input }) => input.advanced);
  const controlIs = (is: string) => (one: ShownInput) => one.input.control === is;
  const fields = usual.filter(
    ({ input: { control } }) => !isCompact(control) && control !== 'switch' && !isGroup(control),
  );
  if (needsEntry && offered(choices).length === 0) {
    return (
      <>
        <EmptyState icon={<PackageSearch size={22} />} title="Nothing to deploy yet">
          {kind.label} finds nothing here that can be deployed. Add it to the project; it is offered
          as soon as it is there.
        </EmptyState>
        <LeftOut choices={choices} />
        <StartNotice project={project} problem={problem} />
      </>
    );
  }
  const atFault =
    problem && shown.filter(isDrawn).find(({ input }) => input.name === problem.name)?.input;
  // The other controls show it themselves.
  const inRow = atFault && (isCompact(atFault.control) || atFault.control === 'switch');
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-1.5">
        {usual.filter(({ input }) => isCompact(input.control)).map(draw)}
        <DefaultsMark request={request} />
        <MoreOptions
          project={project}
          needed={atFault?.advanced ?? false}
          advanced={advanced.map(draw)}
          filled={advanced.filter(isFilled).map(({ input }) => input.label)}
          beside={usual.filter(controlIs('switch')).map(draw)}
          menu={
            <>
              <DefaultsMenu project={project} request={request} />
              {onClose && (
                <IconButton
                  label="Show the form as one line"
                  icon={<ChevronUp size={15} />}
                  onClick={onClose}
                />
              )}
            </>
          }
        />
      </div>
      {inRow && <FieldProblem>{problem.message}</FieldProblem>}
      <Gone shown={shown} />
      {usual.filter(controlIs('parameters')).map(draw)}
      {fields.length > 0 && (
        <div className="grid shrink-0 grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-x-3 gap-y-2">
          {fields.map(draw)}
        </div>
      )}
      {usual.filter(controlIs('abi-arguments')).map(draw)}
      <LeftOut choices={choices} />
      <Notices project={project} request={request} />
      <StartNotice project={project} problem={atFault && !problem?.fix ? null : problem} />
    </>
  );
}
