import type { Parts } from '../../smart/parameters';
import { type Difference, differenceOf } from '../replay/preview';

/** What is peculiar to a sender, as the file that says so. */
export interface Profile {
  name: string;
  text: string;
  application?: string;
  facility?: string;
  changed?: string;
}

export function profileOf(parts: Parts): Profile {
  return {
    name: parts.text('name') ?? '',
    text: parts.text('text') ?? '',
    application: parts.text('application'),
    facility: parts.text('facility'),
    changed: parts.text('changed'),
  };
}

export interface Problem {
  line: number;
  text: string;
}

/** What a profile would make of one message. */
export interface Trial {
  id: string;
  controlId: string;
  before: string;
  after: string;
  differences: (Difference & { resource: string })[];
}

export type TryAnswer = { problem: Problem } | { trials: Trial[] };

export function tryAnswerOf(answer: Parts): TryAnswer {
  const problem = answer.one('problem');
  if (problem) {
    return { problem: { line: problem.number('line'), text: problem.text('text') ?? '' } };
  }
  return {
    trials: answer.all('message').map((message) => ({
      id: message.text('id') ?? '',
      controlId: message.text('control-id') ?? '',
      before: message.text('before') ?? '',
      after: message.text('after') ?? '',
      differences: message
        .all('element')
        .map((element) => ({ ...differenceOf(element), resource: element.text('resource') ?? '' })),
    })),
  };
}

/** Leads to the profile of a sender, with a message on which it is tried. */
export function profileLink(sender: string, sample: string): string {
  return `/profiles/of?${new URLSearchParams({ sender, sample })}`;
}

/** The profile that holds for a sender: the one that names most of it, as the hub chooses. */
export function profileFor(profiles: readonly Profile[], sender: string): Profile | undefined {
  const [application = '', facility = ''] = sender.split('|');
  const fits = (wanted: string | undefined, is: string) => !wanted || wanted === is;
  return profiles
    .filter(
      (one) =>
        (one.application || one.facility) &&
        fits(one.application, application) &&
        fits(one.facility, facility),
    )
    .sort((a, b) => said(b) - said(a))[0];
}

const said = (profile: Profile) => Number(Boolean(profile.application)) + Number(Boolean(profile.facility));

/** What a new profile begins with. */
export function templateFor(sender: string): { name: string; text: string } {
  const [application = '', facility = ''] = sender.split('|');
  const name = (facility || application)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const line = (key: string, value: string) => (value ? `${key}: ${JSON.stringify(value)}\n` : '');
  return {
    name,
    text:
      line('application', application) +
      line('facility', facility) +
      `# time-zone: Europe/Stockholm
# charset: windows-1252        # of messages that name none in MSH-18
# force-charset: windows-1252  # of all, whatever MSH-18 names
# authorities:
#   ${facility || 'HOSPITAL'}: urn:oid:2.999.1.7
# coding-systems:
#   99LOC: https://hospital.example/codes
# fields:
#   ZPI-3:
#     extension: https://hospital.example/fhir/diet
#     of: Patient
`,
  };
}

/** The line that an answer complains of, where it names one. */
export function lineOf(place: string | undefined, text: string): number {
  return Number(/(?:line|:)\s*(\d+)/i.exec(`${place ?? ''} ${text}`)?.[1] ?? 0);
}
