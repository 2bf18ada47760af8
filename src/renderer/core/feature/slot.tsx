import type { ComponentType } from 'react';
import { useFeatures } from './features-context.ts';
import type { SlotName, SlotProps } from './slots.ts';

/** The contributions of all features to one place, in order. */
export function Slot<Name extends SlotName>({ name, ...props }: { name: Name } & SlotProps[Name]) {
  return useFeatures()
    .flatMap((feature) =>
      (feature.slots?.[name] ?? []).map(({ order, Part }, index) => ({
        key: `${feature.name} ${index}`,
        order,
        Part: Part as ComponentType<object>,
      })),
    )
    .sort((a, b) => a.order - b.order)
    .map(({ key, Part }) => <Part key={key} {...props} />);
}
