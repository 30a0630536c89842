import { describe, expect, it } from 'vitest';
import { lineOf, type Profile, profileFor, profileLink, templateFor } from './profile';

const profile = (name: string, application?: string, facility?: string): Profile => ({
  name,
  text: '',
  application,
  facility,
});

describe('the profile of a sender', () => {
  const profiles = [
    profile('facility', undefined, 'HOSP'),
    profile('both', 'LAB', 'HOSP'),
    profile('other', 'LAB', 'X'),
  ];

  it('is the one that names most of it', () => {
    expect(profileFor(profiles, 'LAB|HOSP')?.name).toBe('both');
    expect(profileFor(profiles, 'REG|HOSP')?.name).toBe('facility');
    expect(profileFor(profiles, 'REG|ELSEWHERE')).toBeUndefined();
  });

  it('begins with who the sender is', () => {
    const template = templateFor('ADT|North Field');
    expect(template.name).toBe('north-field');
    expect(template.text).toMatch(/^application: "ADT"\nfacility: "North Field"\n#/);
    expect(templateFor('').name).toBe('');
  });

  it('is led to with a message to try it on', () => {
    expect(profileLink('LAB|HOSP', 'abc')).toBe('/profiles/of?sender=LAB%7CHOSP&sample=abc');
  });
});

it('finds the line that an answer complains of', () => {
  expect(lineOf(undefined, 'line 7: unknown key')).toBe(7);
  expect(lineOf('text:12', 'unknown key')).toBe(12);
  expect(lineOf(undefined, 'the name is taken')).toBe(0);
});
