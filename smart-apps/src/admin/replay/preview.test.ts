import { expect, it } from 'vitest';
import { Parts } from '../../smart/parameters';
import { changesNothing, previewOf } from './preview';

const resource = (action: string, elements: number, kept = 0) => ({
  name: 'resource',
  part: [
    { name: 'reference', valueString: 'Patient/17' },
    { name: 'action', valueCode: action },
    ...Array.from({ length: elements }, () => ({
      name: 'element',
      part: [{ name: 'path', valueString: 'gender' }],
    })),
    ...Array.from({ length: kept }, () => ({
      name: 'kept',
      part: [{ name: 'path', valueString: 'address' }],
    })),
  ],
});

it('changes nothing where no element of any resource changes', () => {
  const of = (...resources: object[]) =>
    previewOf(new Parts([{ name: 'message', part: resources as never }]));
  expect(changesNothing(of(resource('none', 0)))).toBe(true);
  expect(changesNothing(of(resource('none', 0), resource('update', 1)))).toBe(false);
});

it('finds what is kept beside the resources and inside of them', () => {
  const kept = { name: 'kept', part: [{ name: 'path', valueString: 'name' }] };
  const preview = previewOf(
    new Parts([{ name: 'message', part: [resource('update', 1, 1), kept] as never }]),
  );
  expect(preview.kept.map(({ path }) => path)).toEqual(['name', 'address']);
});
