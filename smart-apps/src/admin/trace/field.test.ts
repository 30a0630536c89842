import { describe, expect, it } from 'vitest';
import { delimitersOf, partOf, referenceOf } from './field';

describe('a reference', () => {
  it('names field, repetition, component and subcomponent', () => {
    expect(referenceOf('PID-3[2].4.1')).toEqual({
      field: 'PID-3',
      repetition: 2,
      component: 4,
      subcomponent: 1,
    });
    expect(referenceOf('OBX[2]-5')).toMatchObject({ field: 'OBX[2]-5', component: undefined });
    expect(referenceOf('PV1-19.1')).toMatchObject({ field: 'PV1-19', component: 1 });
  });

  it('of the first segment of its kind is the same with and without its number', () => {
    expect(referenceOf('OBX[1]-5')?.field).toBe('OBX-5');
  });

  it('is none where no field is named', () => {
    expect(referenceOf('PID')).toBeUndefined();
    expect(referenceOf('')).toBeUndefined();
    expect(referenceOf(undefined)).toBeUndefined();
  });
});

describe('a part of a value', () => {
  const signs = delimitersOf('^~\\&');
  const part = (value: string, reference: string) => {
    const [from, to] = partOf(value, referenceOf(reference)!, signs);
    return value.slice(from, to);
  };
  const identifiers = 'KD-2001^^^HOSP&2.999.1.1&ISO^MR~998877^^^STATE^SS';

  it('is found by component and subcomponent', () => {
    expect(part('Kettle^Copper', 'PID-5.1')).toBe('Kettle');
    expect(part('Kettle^Copper', 'PID-5.2')).toBe('Copper');
    expect(part(identifiers, 'PID-3.4.2')).toBe('2.999.1.1');
  });

  it('is of the first repetition where none is named', () => {
    expect(part(identifiers, 'PID-3.1')).toBe('KD-2001');
    expect(part(identifiers, 'PID-3[2].1')).toBe('998877');
    expect(part(identifiers, 'PID-3[2].5')).toBe('SS');
  });

  it('is the whole where the reference says no more', () => {
    expect(part(identifiers, 'PID-3')).toBe(identifiers);
  });

  it('is what is nearest where the value has less than the reference says', () => {
    expect(part('Kettle', 'PID-5.2')).toBe('Kettle');
    expect(part('', 'PID-5.2')).toBe('');
  });

  it('is cut by the signs of the message', () => {
    const own = delimitersOf('*%\\$');
    const value = 'a*b$c%d';
    expect(value.slice(...partOf(value, referenceOf('PID-3.2.2')!, own))).toBe('c');
    expect(value.slice(...partOf(value, referenceOf('PID-3[2]')!, own))).toBe('d');
  });
});
