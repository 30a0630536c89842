const PATHS = {
  overview: 'M3 12h4l3 8 4-16 3 8h4',
  messages: 'M4 5h16v14H4z M4 7l8 6 8-6',
  dead: 'M12 9v4 M12 17h.01 M10.3 3.9 2 18a2 2 0 0 0 1.7 3h16.6a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0z',
  profiles: 'M4 6h10 M18 6h2 M4 12h2 M10 12h10 M4 18h8 M16 18h4 M16 4v4 M8 10v4 M14 16v4',
  reports: 'M4 20V10 M10 20V4 M16 20v-7 M21 20H3',
  apps: 'M4 4h6v6H4z M14 4h6v6h-6z M4 14h6v6H4z M14 14h6v6h-6z',
  account: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4 21a8 8 0 0 1 16 0',
  check: 'M4 12.5 9.500 18 20 6.500',
  cross: 'M6 6l12 12 M18 6 6 18',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z M12 7v5l3.500 2',
  refused: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z M5.700 5.700l12.600 12.600',
  pause: 'M8 5v14 M16 5v14',
  play: 'M7 4l13 8-13 8z',
  stop: 'M6 6h12v12H6z',
  drain: 'M12 4v12 M7 11l5 5 5-5 M5 20h14',
  listening:
    'M12 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4z M7.800 16.200a6 6 0 0 1 0-8.400 M16.200 7.800a6 6 0 0 1 0 8.400 M5 19a10 10 0 0 1 0-14 M19 5a10 10 0 0 1 0 14',
  unread:
    'M3 3l18 18 M10.600 5.100A10 10 0 0 1 22 12a13 13 0 0 1-2.200 3 M6.500 6.500A13 13 0 0 0 2 12a10.500 10.500 0 0 0 15 5.500 M9.900 9.900a3 3 0 0 0 4.200 4.200',
  copy: 'M9 9h11v11H9z M5 15H4V4h11v1',
  next: 'M9 5l7 7-7 7',
  back: 'M15 5l-7 7 7 7',
  replay: 'M4 5v5h5 M4.500 10a8 8 0 1 1-.3 4.500',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14z M20 20l-4-4',
  light:
    'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M12 2v2 M12 20v2 M4.900 4.900l1.400 1.400 M17.700 17.700l1.400 1.400 M2 12h2 M20 12h2 M4.900 19.100l1.400-1.400 M17.700 6.300l1.400-1.400',
  dark: 'M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500z',
  system: 'M3 4h18v12H3z M8 20h8 M12 16v4',
  add: 'M12 5v14 M5 12h14',
  remove: 'M5 12h14',
  change: 'M4 8h14l-4-4 M20 16H6l4 4',
  none: 'M5 9h14 M5 15h14',
  lock: 'M6 11h12v9H6z M8.500 11V7.500a3.500 3.500 0 0 1 7 0V11',
  eye: 'M2 12s3.500-7 10-7 10 7 10 7-3.500 7-10 7-10-7-10-7z M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4 21a8 8 0 0 1 16 0',
  client: 'M8 20a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9z M11.200 12.300 20 3.500 M15.500 8l3 3',
  live: 'M13 3 5 14h6l-1 7 8-11h-6z',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside a word, never instead of one, so that screen readers pass over it. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
