import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Review } from '#main/features/reviews/contract.ts';
import { api } from '../../core/client.ts';
import { inputLook } from '../../ui/field.tsx';

/** What has to be typed before a review's key signs; all of it may be nothing. */
interface SendApproval {
  confirm?: string;
  password?: string;
}

interface AskedApproval {
  /** For `reviews.approve` and its like. */
  given: SendApproval;
  /** Nothing is missing. */
  isGiven: boolean;
  fields: ReactNode;
}

/** The network's name where its rails want it typed, and the key's password where it is asked for. */
export function useSendApproval({ network, production, key }: Review): AskedApproval {
  const { data: keys } = useQuery(api.keys.list.queryOptions());
  const [confirm, setConfirm] = useState('');
  const [password, setPassword] = useState('');
  const signer = keys?.find(({ name }) => name === key);
  const asks = signer?.password === 'asked' && signer.unlockedUntil === null;
  return {
    given: {
      ...(production === null ? {} : { confirm }),
      ...(password === '' ? {} : { password }),
    },
    isGiven: (production === null || confirm === network) && (!asks || password !== ''),
    fields: (
      <>
        {production !== null && (
          <label className="flex w-60 items-center gap-2 text-sm">
            <span className="shrink-0">
              Type <strong>{network}</strong> to send
            </span>
            <input
              value={confirm}
              onChange={(event) => setConfirm(event.target.value)}
              autoComplete="off"
              spellCheck={false}
              className={inputLook}
            />
          </label>
        )}
        {asks && (
          <label className="flex w-60 items-center gap-2 text-sm">
            <span className="shrink-0">Password of {key}</span>
            <input
              type="password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              autoComplete="off"
              className={inputLook}
            />
          </label>
        )}
      </>
    ),
  };
}
