import { ColorDot, type DotColor, dotColors } from './color-dot.tsx';
import { cx } from './cx.ts';

interface ColorChoiceProps {
  value: DotColor | null;
  onChange(color: DotColor | null): void;
}

/** The dot beside a label, or none. */
export function ColorChoice({ value, onChange }: ColorChoiceProps) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-xs font-medium text-ink-soft">Colour</legend>
      <div className="flex flex-wrap gap-1">
        {[null, ...dotColors].map((color) => (
          <label
            key={color ?? 'none'}
            title={color ?? 'none'}
            className={cx(
              'inline-flex h-7 min-w-7 cursor-pointer items-center justify-center rounded-md border px-1.5 text-xs hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent',
              value === color ? 'border-accent bg-hover' : 'border-edge',
            )}
          >
            <input
              type="radio"
              name="color"
              checked={value === color}
              onChange={() => onChange(color)}
              className="sr-only"
            />
            {color === null ? (
              'none'
            ) : (
              <>
                <ColorDot color={color} className="size-3!" />
                <span className="sr-only">{color}</span>
              </>
            )}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
