import type { Asked } from '../smart/parameters';

interface HumanName {
  use?: string;
  text?: string;
  family?: string;
  given?: string[];
}

/** What a Patient resource says that tells one person from another. */
export interface PatientResource {
  id: string;
  name?: HumanName[];
  birthDate?: string;
  gender?: string;
  identifier?: { value?: string; type?: { coding?: { code?: string }[] } }[];
}

export interface Bundle {
  entry?: { resource: PatientResource }[];
  link?: { relation: string; url: string }[];
}

/** What one field asks for: a birth date, a number, or the words of a name. */
export function patientQuery(text: string): Asked {
  const words = text.trim();
  const birthdate = birthDateOf(words);
  if (birthdate) {
    return { birthdate };
  }
  return /\d/.test(words) ? { identifier: words } : { name: words.split(/[\s,]+/).filter(Boolean) };
}

/** Dates as they are written in FHIR, in much of Europe and in Latin America; never guessed from 03/04/1970. */
function birthDateOf(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const dayFirst = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const [year, month, day] = iso
    ? iso.slice(1)
    : dayFirst
      ? dayFirst.slice(1).reverse()
      : slashed && Number(slashed[1]) > 12
        ? slashed.slice(1).reverse()
        : slashed && Number(slashed[2]) > 12
          ? [slashed[3], slashed[1], slashed[2]]
          : [];
  return year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : undefined;
}

export function nameOf(patient: PatientResource): string {
  const names = patient.name ?? [];
  const name = names.find((one) => one.use === 'official') ?? names[0];
  return name?.text ?? [...(name?.given ?? []), name?.family].filter(Boolean).join(' ');
}

/** The medical record number, else any. */
export function numberOf(patient: PatientResource): string | undefined {
  const identifiers = patient.identifier ?? [];
  const record = identifiers.find((one) => one.type?.coding?.some(({ code }) => code === 'MR'));
  return (record ?? identifiers[0])?.value;
}
