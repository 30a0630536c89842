import { useQuery } from '@tanstack/react-query';
import { useOpened } from '../../design/open';
import type { Parts } from '../../smart/parameters';

export const STATES = ['active', 'invited', 'locked', 'closed'] as const;
export type UserState = (typeof STATES)[number];

/** An account, as those see it who look after accounts. */
export interface User {
  id: string;
  login: string;
  name: string;
  roles: string[];
  email?: string;
  /** Who that is in the store, for example Practitioner/1. */
  fhirUser?: string;
  state: UserState;
  mustChangePassword: boolean;
  secondFactor: boolean;
  created?: string;
  lastSignIn?: string;
  closed?: string;
  /** Whether it is the account that looks. */
  self: boolean;
}

export interface Role {
  name: string;
  /** Types of the resource that such an account is linked to; none where it may be of nobody. */
  people: string[];
  secondFactor: boolean;
}

export interface UserPage {
  users: User[];
  /** What an account can be. */
  roles: Role[];
  /** Whether the hub can send e-mail. */
  invites: boolean;
  /** Where the following page begins. */
  next?: string;
}

export function userOf(parts: Parts): User {
  const text = (name: string) => parts.text(name) ?? '';
  return {
    id: text('id'),
    login: text('login'),
    name: text('name'),
    roles: parts.texts('role'),
    email: parts.text('email'),
    fhirUser: parts.text('fhir-user'),
    state: text('state') as UserState,
    mustChangePassword: parts.flag('must-change-password'),
    secondFactor: parts.flag('second-factor'),
    created: parts.text('created'),
    lastSignIn: parts.text('last-sign-in'),
    closed: parts.text('closed'),
    self: parts.flag('self'),
  };
}

export function pageOf(answer: Parts): UserPage {
  return {
    users: answer.all('account').map(userOf),
    roles: answer.all('role').map((role) => ({
      name: role.text('name') ?? '',
      people: role.texts('people'),
      secondFactor: role.flag('second-factor'),
    })),
    invites: answer.flag('invites'),
    next: answer.text('next'),
  };
}

/** What was done to an account, and what its owner must be told of it. */
export interface Done {
  user: User;
  /** Shown this once. */
  password?: string;
  /** The address to which a link was sent. */
  mailed?: string;
}

export function doneOf(answer: Parts): Done {
  return {
    user: userOf(answer.one('account')!),
    password: answer.text('password'),
    mailed: answer.text('mailed'),
  };
}

/** The roles that an account may have that is linked so. */
export function rolesFor(roles: readonly Role[], fhirUser: string | undefined): Role[] {
  const type = fhirUser?.split('/')[0];
  return roles.filter(({ people }) => people.length === 0 || (type !== undefined && people.includes(type)));
}

/** Names are asked for by POST, since addresses are logged. */
export function useUsers(asked: {
  id?: string;
  name?: string;
  role?: string;
  state?: string;
  after?: string;
}) {
  const { fhir } = useOpened();
  return useQuery({
    queryKey: ['users', asked],
    queryFn: async () => pageOf(await fhir.post('$accounts', { ...asked, _count: 50 })),
  });
}
