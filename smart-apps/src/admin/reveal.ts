import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useOpened } from '../design/open';
import type { Parts } from '../smart/parameters';

const AGAIN = 5_000;

/**
 * What is masked until somebody says why it must be seen. What was revealed lives in this screen alone:
 * it is kept in no cache, and gone when the screen is left.
 */
export function useMaskable<T>(
  operation: string,
  id: string,
  read: (answer: Parts) => T,
  /** Whether what was read will soon be something else, so that it is read again. */
  unsettled: (data: T) => boolean = () => false,
) {
  const { fhir, session } = useOpened();
  const [revealed, setRevealed] = useState<T>();
  const query = useQuery({
    queryKey: [operation, id],
    queryFn: async () => read(await fhir.get(operation, { id })),
    refetchInterval: ({ state }) => (state.data !== undefined && unsettled(state.data) ? AGAIN : false),
  });
  const reveal = useMutation({
    mutationFn: async (reason: string) => read(await fhir.post(operation, { id, reason })),
    gcTime: 0,
    onSuccess: setRevealed,
  });
  return {
    query: revealed === undefined ? query : { ...query, data: revealed },
    revealed: revealed !== undefined,
    mayReveal: session.may('message.reveal'),
    reveal,
    mask: () => {
      setRevealed(undefined);
      reveal.reset();
    },
  };
}

export type Maskable = Pick<
  ReturnType<typeof useMaskable<unknown>>,
  'revealed' | 'mayReveal' | 'reveal' | 'mask'
>;
