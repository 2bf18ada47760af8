import { type ReactNode, useId } from 'react';
import { KindIcon } from '../../core/words/kind-icon.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { cx } from '../../ui/cx.ts';
import { openWays, type Place, type Way } from './candidate-places.ts';

interface CandidateListProps {
  places: readonly Place[];
  chosen: readonly { path: string; kind: string }[];
  onChoose(path: string, kind: string | null): void;
}

/** What a folder and those below it can be added as: several folders at once, each as one kind. */
export function CandidateList({ places, chosen, onChoose }: CandidateListProps) {
  const kindOf = (place: Place) => chosen.find(({ path }) => path === place.path)?.kind ?? null;
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-xs font-medium text-ink-soft">What to add</legend>
      <ul className="max-h-[34vh] divide-y divide-line overflow-y-auto rounded-lg border border-line">
        {places.map((place) => (
          <li key={place.path} className="px-3 py-2">
            <PlaceChoice
              place={place}
              kind={kindOf(place)}
              optional={places.length > 1}
              onChoose={(kind) => onChoose(place.path, kind)}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

interface PlaceChoiceProps {
  place: Place;
  kind: string | null;
  /** There are others to choose. */
  optional: boolean;
  onChoose(kind: string | null): void;
}

function PlaceChoice({ place, kind, optional, onChoose }: PlaceChoiceProps) {
  const group = useId();
  const [only, ...others] = place.ways;
  if (only && others.length === 0) {
    return (
      <WayChoice way={only} type="checkbox" checked={kind !== null} onChange={onChoose}>
        <PlaceName place={place} />
        <KindName way={only} />
      </WayChoice>
    );
  }
  return (
    <div role="radiogroup" aria-labelledby={`${group}-name`} className="flex flex-col gap-1.5">
      <div id={`${group}-name`} className="flex items-baseline gap-2 text-sm">
        <PlaceName place={place} />
        <span className="shrink-0 text-xs text-ink-dim">can be one of these</span>
      </div>
      {place.ways.map((way) => (
        <WayChoice
          key={way.candidate.kind}
          way={way}
          type="radio"
          group={group}
          checked={kind === way.candidate.kind}
          onChange={onChoose}
        >
          <KindName way={way} />
        </WayChoice>
      ))}
      {optional && openWays(place).length > 0 && (
        <label htmlFor={`${group}-none`} className="flex items-center gap-2.5 text-sm text-ink-dim">
          <Checkbox
            id={`${group}-none`}
            round
            name={group}
            checked={kind === null}
            onChange={() => onChoose(null)}
          />
          not added
        </label>
      )}
    </div>
  );
}

interface WayChoiceProps {
  way: Way;
  type: 'checkbox' | 'radio';
  group?: string;
  checked: boolean;
  onChange(kind: string | null): void;
  children: ReactNode;
}

/** With what identifies the folder, and any problem. */
function WayChoice({ way, type, group, checked, onChange, children }: WayChoiceProps) {
  const id = useId();
  const { candidate, problems } = way;
  const disabled = problems.length > 0;
  return (
    <div className="flex min-w-0 items-start gap-2.5">
      <Checkbox
        id={id}
        round={type === 'radio'}
        name={group}
        checked={checked}
        disabled={disabled}
        aria-describedby={`${id}-about`}
        onChange={(event) => onChange(event.target.checked ? candidate.kind : null)}
        className="mt-[3px]"
      />
      <div className="min-w-0 flex-1">
        <label
          htmlFor={id}
          className={cx('flex min-w-0 items-center gap-2 text-sm', disabled && 'text-ink-dim')}
        >
          {children}
        </label>
        <div id={`${id}-about`} className="text-xs break-words text-ink-dim">
          <p>{candidate.evidence.join(' ')}</p>
          {problems.map((problem) => (
            <p key={problem} className="text-warn">
              {problem}
            </p>
          ))}
        </div>
      </div>
    </div>
  );
}

function PlaceName({ place: { name, path, known } }: { place: Place }) {
  return (
    <>
      <span className="min-w-0 truncate font-mono text-xs text-ink" title={path}>
        {name}
      </span>
      {known && <span className="shrink-0 text-xs text-ink-dim">in Drydock as {known.name}</span>}
    </>
  );
}

function KindName({ way: { candidate } }: { way: Way }) {
  return (
    <span className="inline-flex shrink-0 items-center gap-1.5 text-ink-soft">
      <KindIcon kind={candidate.kind} size={14} />
      {candidate.label}
    </span>
  );
}
