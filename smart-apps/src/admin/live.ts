import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState } from 'react';
import { useOpened } from '../design/open';

const POLL = 10_000;

/** What is asked anew when the hub says that something has changed. */
const CHANGING = ['messages', 'listeners', 'dead-letters'];

const LiveContext = createContext(false);
export const LiveProvider = LiveContext.Provider;

/** How often a screen asks by itself: not at all while the hub says what changes. */
export function useRefresh(): number | false {
  return useContext(LiveContext) ? false : POLL;
}

/**
 * Listens to the hub, and says whether it does. A ticket is good once, so that the browser's own way
 * of connecting again would be refused: a new one is asked for, after a pause that grows.
 */
export function useLive(): boolean {
  const { fhir } = useOpened();
  const queries = useQueryClient();
  const [live, setLive] = useState(false);
  useEffect(() => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let pause = POLL;
    let stopped = false;

    function later() {
      source?.close();
      setLive(false);
      if (!stopped) {
        timer = setTimeout(connect, pause);
        pause = Math.min(pause * 2, 120_000);
      }
    }
    async function connect() {
      try {
        const ticket = (await fhir.post('$live-ticket')).text('ticket');
        if (stopped || !ticket) {
          return later();
        }
        source = new EventSource(`/live?ticket=${encodeURIComponent(ticket)}`);
        source.onopen = () => {
          pause = POLL;
          setLive(true);
        };
        source.onerror = later;
        source.addEventListener('change', () =>
          CHANGING.forEach((key) => void queries.invalidateQueries({ queryKey: [key] })),
        );
      } catch {
        later();
      }
    }
    void connect();
    return () => {
      stopped = true;
      clearTimeout(timer);
      source?.close();
    };
  }, [fhir, queries]);
  return live;
}
