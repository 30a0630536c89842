import { describe, expect, it } from 'vitest';
import { parametersOf, Parts, queryOf, textOf } from './parameters';

const answer = Parts.of({
  resourceType: 'Parameters',
  parameter: [
    { name: 'next', valueString: 'abc' },
    { name: 'count', valueInteger: 0 },
    { name: 'masked', valueBoolean: false },
    { name: 'warning', valueString: 'one' },
    { name: 'warning', valueString: 'two' },
    { name: 'target', valueReference: { reference: 'Patient/17' } },
    { name: 'message', part: [{ name: 'id', valueId: '1' }] },
    { name: 'message', part: [{ name: 'id', valueId: '2' }] },
  ],
});

describe('an answer', () => {
  it('gives values whatever their type', () => {
    expect(answer.text('next')).toBe('abc');
    expect(answer.number('count')).toBe(0);
    expect(answer.flag('masked')).toBe(false);
    expect(answer.text('target')).toBe('Patient/17');
    expect(answer.texts('warning')).toEqual(['one', 'two']);
  });

  it('gives the parts of each of its parameters', () => {
    expect(answer.all('message').map((message) => message.text('id'))).toEqual(['1', '2']);
    expect(answer.one('nothing')).toBeUndefined();
    expect(answer.text('nothing')).toBeUndefined();
  });

  it('may be empty', () => {
    expect(Parts.of({ resourceType: 'Parameters' }).all('message')).toEqual([]);
  });
});

describe('a question', () => {
  it('leaves out what is not asked and repeats what is asked twice', () => {
    const asked = { state: 'failed', sender: '', type: undefined, received: ['ge2026', 'lt2027'] };
    expect(queryOf(asked)).toBe('?state=failed&received=ge2026&received=lt2027');
    expect(queryOf({})).toBe('');
    expect(parametersOf({ id: ['1', '2'], name: '' })).toEqual({
      resourceType: 'Parameters',
      parameter: [
        { name: 'id', valueString: '1' },
        { name: 'id', valueString: '2' },
      ],
    });
  });

  it('keeps the type of numbers and of what is or is not so', () => {
    const asked = { _count: 50, backend: false };
    expect(queryOf(asked)).toBe('?_count=50&backend=false');
    expect(parametersOf(asked)).toEqual({
      resourceType: 'Parameters',
      parameter: [
        { name: '_count', valueInteger: 50 },
        { name: 'backend', valueBoolean: false },
      ],
    });
  });
});

describe('bytes', () => {
  it('are read as UTF-8, and as ISO 8859-1 where they are none', () => {
    expect(textOf(Buffer.from('Müller', 'utf8').toString('base64'))).toBe('Müller');
    expect(textOf(Buffer.from('Müller', 'latin1').toString('base64'))).toBe('Müller');
    expect(textOf(undefined)).toBe('');
  });
});
