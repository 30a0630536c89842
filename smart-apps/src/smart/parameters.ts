/** FHIR Parameters, as Kiln's operations ask and answer. */

interface Parameter {
  name: string;
  part?: Parameter[];
  resource?: unknown;
  [value: `value${string}`]: unknown;
}

/** The parts of a parameter, or the parameters of an answer, by their names. */
export class Parts {
  constructor(private readonly parameters: readonly Parameter[]) {}

  static of(resource: unknown): Parts {
    return new Parts((resource as { parameter?: Parameter[] } | null)?.parameter ?? []);
  }

  has(name: string): boolean {
    return this.parameters.some((parameter) => parameter.name === name);
  }

  /** The values of that name as text, whatever their type is. */
  texts(name: string): string[] {
    return this.parameters.filter((parameter) => parameter.name === name).flatMap(valueOf);
  }

  text(name: string): string | undefined {
    return this.texts(name)[0];
  }

  number(name: string): number {
    return Number(this.text(name) ?? 0);
  }

  flag(name: string): boolean {
    return this.text(name) === 'true';
  }

  /** The parts of each parameter of that name. */
  all(name: string): Parts[] {
    return this.parameters
      .filter((parameter) => parameter.name === name)
      .map((parameter) => new Parts(parameter.part ?? []));
  }

  one(name: string): Parts | undefined {
    return this.all(name)[0];
  }
}

function valueOf(parameter: Parameter): string[] {
  const entry = Object.entries(parameter).find(([key]) => key.startsWith('value'));
  if (!entry || entry[1] === null || entry[1] === undefined) {
    return [];
  }
  const value = entry[1];
  return [typeof value === 'object' ? ((value as { reference?: string }).reference ?? '') : String(value)];
}

/** What is asked: a value, several, or none. */
export type Asked = Record<string, string | number | boolean | readonly string[] | undefined>;

/** The asked values as a Parameters resource. */
export function parametersOf(asked: Asked): unknown {
  return {
    resourceType: 'Parameters',
    parameter: entries(asked).map(([name, value]) => ({
      name,
      ...(typeof value === 'string'
        ? { valueString: value }
        : typeof value === 'number'
          ? { valueInteger: value }
          : { valueBoolean: value }),
    })),
  };
}

/** The asked values as a query; empty where nothing is asked. */
export function queryOf(asked: Asked): string {
  const query = new URLSearchParams(entries(asked).map(([name, value]) => [name, String(value)])).toString();
  return query && `?${query}`;
}

type Value = string | number | boolean;

function entries(asked: Asked): [string, Value][] {
  return Object.entries(asked).flatMap(([name, value]) =>
    (value === undefined ? [] : typeof value === 'object' ? [...value] : [value])
      .filter((one) => one !== '')
      .map((one): [string, Value] => [name, one]),
  );
}

/** The bytes of a Base64 value as text; what is not UTF-8 is read as ISO 8859-1, as the hub does. */
export function textOf(base64: string | undefined): string {
  const bytes = Uint8Array.from(atob(base64 ?? ''), (character) => character.charCodeAt(0));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('iso-8859-1').decode(bytes);
  }
}
