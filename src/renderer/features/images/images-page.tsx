import { Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Image } from '#main/features/images/contract.ts';
import { client } from '../../core/client.ts';
import { NoDocker } from '../../core/engine/no-docker.tsx';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { ask } from '../../core/questions/question.ts';
import { forEach } from '../../core/selection/for-each.ts';
import { SelectionBar } from '../../core/selection/selection-bar.tsx';
import { SelectAllBox } from '../../core/selection/selection-box.tsx';
import { useSelection } from '../../core/selection/use-selection.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { bytes, plural } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, Th } from '../../ui/table.tsx';
import { BuildLog } from './build-log.tsx';
import { ImageFacts } from './image-facts.tsx';
import { ImageRow } from './image-row.tsx';
import { imageName } from './image-words.ts';
import { useImageRemoval, useImages } from './use-images.ts';

const none: readonly Image[] = [];

/** The images of runs in Docker, their size, and how often they are used. */
export function ImagesPage() {
  const { data: status, error, refetch } = useImages();
  const { busy, clear, cleanUp } = useImageRemoval();
  const [asking, setAsking] = useState(false);
  const reachable = status?.problem === null;
  const images = status?.images ?? none;
  const tags = useMemo(() => images.map(({ tag }) => tag), [images]);
  const selection = useSelection(tags);
  const chosen = images.filter(({ tag }) => selection.has(tag));
  const askRemoval = () =>
    ask({
      title: `Remove ${plural(chosen.length, 'image')}?`,
      text: `${bytes(chosen.reduce((sum, { bytes: size }) => sum + size, 0))} can be freed. What a container uses stays; anything else is built again when it is next needed, which takes minutes and a network.`,
      confirm: 'Remove',
      act: () => {
        selection.clear();
        void forEach({
          ...{ items: chosen, noun: 'image', done: 'removed', name: imageName },
          act: ({ tag }) => client.images.remove({ image: tag }),
        });
      },
    });
  return (
    <Page
      title="Images"
      about="The images that chains and runs in Docker start from. Images of other programs are left alone."
      actions={
        reachable && (
          <>
            <Button busy={busy === 'cleanUp'} onClick={cleanUp}>
              Clean up
            </Button>
            <Button
              icon={<Trash2 aria-hidden="true" size={14} />}
              disabled={!images.some((image) => image.present)}
              onClick={() => setAsking(true)}
            >
              Clear
            </Button>
          </>
        )
      }
    >
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!status && !error && <Skeleton rows={4} />}
      {status?.cache.problem && <ErrorNotice tone="warn" message={status.cache.problem} />}
      <BuildLog />
      {status && !reachable && (
        <NoDocker problem={status.problem ?? ''} onRetry={() => void refetch()} />
      )}
      {status && reachable && (
        <>
          <ImageFacts status={status} />
          <SelectionBar selection={selection}>
            <Button variant="danger" size="sm" onClick={askRemoval}>
              Remove…
            </Button>
          </SelectionBar>
          <Table label="Images">
            <thead>
              <tr>
                <Th>
                  <SelectAllBox all={tags} selection={selection} />
                </Th>
                <Th>Purpose</Th>
                <Th priority={4}>Tag</Th>
                <Th priority={0}>State</Th>
                <Th end priority={1}>
                  Size
                </Th>
                <Th end priority={3}>
                  Cache hits
                </Th>
                <Th end priority={5}>
                  Builds
                </Th>
                <Th priority={2}>Last used</Th>
                <Th priority={3}>Used by</Th>
                <Th>
                  <span className="sr-only">Actions</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {images.map((image) => (
                <ImageRow key={image.tag} image={image} selection={selection} />
              ))}
            </tbody>
          </Table>
        </>
      )}
      <Dialog
        title="Clear the images?"
        description={`${bytes(status?.freeableBytes ?? 0)} can be freed. What a container uses stays; anything else is built again when it is next needed, which takes minutes and a network.`}
        open={asking}
        onClose={() => setAsking(false)}
      >
        <DialogActions>
          <Button onClick={() => setAsking(false)}>Keep them</Button>
          <Button
            variant="danger"
            busy={busy === 'clear'}
            onClick={() => {
              clear();
              setAsking(false);
            }}
          >
            Clear
          </Button>
        </DialogActions>
      </Dialog>
    </Page>
  );
}
