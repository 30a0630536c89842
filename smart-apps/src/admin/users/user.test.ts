import { describe, expect, it } from 'vitest';
import { Parts } from '../../smart/parameters';
import { doneOf, pageOf, rolesFor } from './user';

const roles = [
  { name: 'auditor', people: [], secondFactor: false },
  { name: 'physician', people: ['Practitioner'], secondFactor: false },
  { name: 'proxy', people: ['RelatedPerson', 'Person'], secondFactor: false },
];
const names = (fhirUser?: string) => rolesFor(roles, fhirUser).map(({ name }) => name);

describe('the roles that an account may have', () => {
  it('are decided by whom it is linked to', () => {
    expect(names()).toEqual(['auditor']);
    expect(names('Practitioner/1')).toEqual(['auditor', 'physician']);
    expect(names('Person/')).toEqual(['auditor', 'proxy']);
    expect(names('Device/1')).toEqual(['auditor']);
  });
});

describe('an answer', () => {
  const account = {
    name: 'account',
    part: [
      { name: 'id', valueString: 'a' },
      { name: 'role', valueCode: 'physician' },
      { name: 'role', valueCode: 'auditor' },
      { name: 'state', valueCode: 'locked' },
      { name: 'second-factor', valueBoolean: true },
      { name: 'self', valueBoolean: false },
    ],
  };

  it('has a page of accounts and what one can be', () => {
    const page = pageOf(
      Parts.of({
        parameter: [
          account,
          {
            name: 'role',
            part: [
              { name: 'name', valueCode: 'proxy' },
              { name: 'people', valueCode: 'Person' },
            ],
          },
          { name: 'invites', valueBoolean: true },
          { name: 'next', valueString: 'a' },
        ],
      }),
    );
    expect(page.users[0]).toMatchObject({
      id: 'a',
      roles: ['physician', 'auditor'],
      state: 'locked',
      secondFactor: true,
      self: false,
    });
    expect(page.roles).toEqual([{ name: 'proxy', people: ['Person'], secondFactor: false }]);
    expect(page.invites).toBe(true);
    expect(page.next).toBe('a');
  });

  it('tells a password only where there is one', () => {
    expect(doneOf(Parts.of({ parameter: [account] })).password).toBeUndefined();
    expect(
      doneOf(Parts.of({ parameter: [account, { name: 'password', valueString: 'x-y' }] })).password,
    ).toBe('x-y');
  });
});
