import { useLocation } from 'wouter';
import type { LinkTargets } from '../../ui/terminal/terminal-links.ts';
import { useOpen } from '../open-in/use-open.ts';
import { useOpenPrograms } from '../open-in/use-open-programs.ts';
import { addressPath, transactionPath } from '../paths.ts';
import { useNetworks } from '../queries/use-networks.ts';

/**
 * Where links in the output of a project lead: files of it to the editor, if there is one, addresses
 * and hashes to their pages on a network.
 */
export function useLinkTargets(
  project: number | undefined,
  network: string | undefined,
): LinkTargets {
  const [, navigate] = useLocation();
  const { send } = useOpen();
  const [editor] = useOpenPrograms('editor');
  const known = useNetworks().data?.find(({ name }) => name === network);
  return {
    openHex: known
      ? (value) =>
          navigate(
            value.length === 42
              ? addressPath(known.name, value)
              : transactionPath(known.name, value),
          )
      : null,
    openFile:
      editor && project !== undefined
        ? (file, line, column) => void send({ project, file, line, column })
        : null,
  };
}
