import { Hammer } from 'lucide-react';
import type { Image } from '#main/features/images/contract.ts';
import { SelectionBox } from '../../core/selection/selection-box.tsx';
import type { Selection } from '../../core/selection/use-selection.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { bytes, count, duration } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Td } from '../../ui/table.tsx';
import { buildImage, useImageBuild } from './build-state.ts';
import { imageName, imageState, sourceOf } from './image-words.ts';
import { useImageRemoval } from './use-images.ts';

interface ImageRowProps {
  image: Image;
  selection: Selection<string>;
}

export function ImageRow({ image, selection }: ImageRowProps) {
  const { busy, remove } = useImageRemoval();
  const building = useImageBuild(({ build }) => build?.state === 'running');
  const name = imageName(image);
  const { word, tone } = imageState(image);
  const source = sourceOf(image);
  const build = (fresh: boolean) => {
    if (source) void buildImage({ ...source, fresh }, `Build of ${name}`);
  };
  const users = image.usedBy.map((user) => user.name).join(', ');
  return (
    <tr className="group">
      <Td>
        <SelectionBox id={image.tag} name={name} selection={selection} />
      </Td>
      <Td>
        <span className="font-medium">{name}</span>
      </Td>
      <Td mono>
        <Copyable value={image.tag} what="name of the image">
          {image.tag.replace(/^drydock\//, '')}
        </Copyable>
      </Td>
      <Td>
        <Badge tone={tone}>{word}</Badge>
      </Td>
      <Td end>{image.present ? bytes(image.bytes) : null}</Td>
      <Td end>{count(image.hits)}</Td>
      <Td end>
        <span
          title={image.buildMs === null ? undefined : `The last took ${duration(image.buildMs)}`}
        >
          {count(image.misses)}
        </span>
      </Td>
      <Td className="text-ink-soft">
        {image.lastUsedAt === null ? 'never' : <RelativeTime at={image.lastUsedAt} />}
      </Td>
      <Td className="max-w-48 truncate text-ink-soft">
        <span title={users}>{users || 'nothing'}</span>
      </Td>
      <Td end>
        <span className="inline-flex items-center gap-1.5">
          {source && !image.present && (
            <Button
              size="sm"
              icon={<Hammer aria-hidden="true" size={14} />}
              disabled={building}
              aria-label={`Build ${name}`}
              onClick={() => build(false)}
            >
              Build
            </Button>
          )}
          {image.present && (
            <Menu
              label={`More for ${name}`}
              items={[
                ...(source
                  ? [
                      {
                        label: 'Rebuild without cache',
                        disabled: building,
                        onSelect: () => build(true),
                      },
                    ]
                  : []),
                {
                  label: image.usedBy.length > 0 ? 'Remove (in use)' : 'Remove',
                  danger: true,
                  disabled: image.usedBy.length > 0 || busy !== null,
                  onSelect: () => remove(image.tag),
                },
              ]}
            />
          )}
        </span>
      </Td>
    </tr>
  );
}
