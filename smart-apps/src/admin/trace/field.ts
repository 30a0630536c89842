/** Where something stands in an HL7 v2 message: "PID-5.1", "OBX[2]-5", "PID-3[2].4.1". */
export interface FieldReference {
  /** The whole field, as the message's own list of fields has it: the first segment is not counted. */
  field: string;
  repetition?: number;
  component?: number;
  subcomponent?: number;
}

const REFERENCE = /^([A-Z0-9]{2,3})(?:\[(\d+)])?-(\d+)(?:\[(\d+)])?(?:\.(\d+))?(?:\.(\d+))?/;

/** Undefined for what names no field, such as a whole segment. */
export function referenceOf(text: string | undefined): FieldReference | undefined {
  const match = REFERENCE.exec(text ?? '');
  if (!match) {
    return undefined;
  }
  const [, segment, occurrence, field, ...rest] = match;
  const number = (digits: string | undefined) => (digits ? Number(digits) : undefined);
  return {
    field: `${segment}${occurrence && occurrence !== '1' ? `[${occurrence}]` : ''}-${field}`,
    repetition: number(rest[0]),
    component: number(rest[1]),
    subcomponent: number(rest[2]),
  };
}

/** The signs that take a field apart, from MSH-2 (section 2.5.4 of the standard). */
export interface Delimiters {
  component: string;
  repetition: string;
  subcomponent: string;
}

export function delimitersOf(encodingCharacters: string | undefined): Delimiters {
  const signs = encodingCharacters && encodingCharacters.length >= 2 ? encodingCharacters : '^~\\&';
  return { component: signs[0]!, repetition: signs[1]!, subcomponent: signs[3] ?? '&' };
}

/** From and to where a reference's part stands in the value of its field. */
export function partOf(value: string, reference: FieldReference, delimiters: Delimiters): [number, number] {
  const { repetition, component, subcomponent } = reference;
  let span: [number, number] = [0, value.length];
  if (repetition || component) {
    span = nth(value, span, delimiters.repetition, repetition ?? 1);
  }
  if (component) {
    span = nth(value, span, delimiters.component, component);
  }
  return subcomponent ? nth(value, span, delimiters.subcomponent, subcomponent) : span;
}

/** The n-th piece of a stretch; the whole stretch where it has no such piece. */
function nth(value: string, [from, to]: [number, number], sign: string, n: number): [number, number] {
  let start = from;
  for (let piece = 1; ; piece++) {
    const found = value.indexOf(sign, start);
    const end = found < 0 || found > to ? to : found;
    if (piece === n) {
      return [start, end];
    }
    if (end === to) {
      return [from, to];
    }
    start = end + sign.length;
  }
}
