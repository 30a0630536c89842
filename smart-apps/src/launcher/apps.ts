import type { Parts } from '../smart/parameters';

/** An app that the person may open. */
export interface App {
  id: string;
  name: string;
  description: string;
  url: string;
  /** Whether it is about one patient, who is chosen first. */
  patient: boolean;
}

export interface Apps {
  name: string;
  roles: string[];
  apps: App[];
}

export function appsOf(answer: Parts): Apps {
  const account = answer.one('account');
  return {
    name: account?.text('name') ?? '',
    roles: account?.texts('role') ?? [],
    apps: answer.all('app').map((app) => ({
      id: app.text('id') ?? '',
      name: app.text('name') ?? '',
      description: app.text('description') ?? '',
      url: app.text('url') ?? '',
      patient: app.flag('patient'),
    })),
  };
}
