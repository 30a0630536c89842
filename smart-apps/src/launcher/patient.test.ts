import { describe, expect, it } from 'vitest';
import { nameOf, numberOf, patientQuery } from './patient';

describe('one field', () => {
  it('is a birth date where it looks like one that can be read in one way only', () => {
    expect(patientQuery('1984-03-09')).toEqual({ birthdate: '1984-03-09' });
    expect(patientQuery('9.3.1984')).toEqual({ birthdate: '1984-03-09' });
    expect(patientQuery('30/11/1951')).toEqual({ birthdate: '1951-11-30' });
    expect(patientQuery('11/30/1951')).toEqual({ birthdate: '1951-11-30' });
    expect(patientQuery('03/04/1970')).toEqual({ identifier: '03/04/1970' });
  });

  it('is a number where it has a digit, else the words of a name', () => {
    expect(patientQuery(' KD-1001 ')).toEqual({ identifier: 'KD-1001' });
    expect(patientQuery('García, Mariana')).toEqual({ name: ['García', 'Mariana'] });
  });
});

describe('a patient', () => {
  it('is named by the official name', () => {
    const name = [{ family: 'Nick' }, { use: 'official', given: ['Mariana', 'Luz'], family: 'García' }];
    expect(nameOf({ id: '1', name })).toBe('Mariana Luz García');
    expect(nameOf({ id: '1' })).toBe('');
  });

  it('is numbered by the medical record number', () => {
    const identifier = [{ value: 'SSN-1' }, { value: 'KD-1001', type: { coding: [{ code: 'MR' }] } }];
    expect(numberOf({ id: '1', identifier })).toBe('KD-1001');
    expect(numberOf({ id: '1' })).toBeUndefined();
  });
});
