import { type Parts, textOf } from '../../smart/parameters';
import { type Message, messageOf } from '../messages/message';
import { referenceOf } from './field';

export interface Field {
  place: string;
  title?: string;
  value: string;
  read: boolean;
}

export interface Segment {
  place: string;
  title?: string;
  fields: Field[];
}

/** An element of a resource, and the field that it came from. */
export interface Element {
  path: string;
  value?: string;
  field?: string;
}

export interface Resource {
  /** Its type, or its reference once it is stored. */
  name: string;
  version?: string;
  elements: Element[];
}

/** One message with all that is known of it. */
export interface Detail extends Message {
  masked: boolean;
  raw: string;
  detail?: string;
  location?: string;
  replays: number;
  warningTexts: string[];
  unreadFields: string[];
  segments: Segment[];
  translation: Resource[];
  acknowledgement: string;
  stored: Resource[];
}

export function detailOf(answer: Parts): Detail {
  return {
    ...messageOf(answer.one('message') ?? answer),
    masked: answer.flag('masked'),
    raw: textOf(answer.text('raw')),
    detail: answer.text('detail'),
    location: answer.text('location'),
    replays: answer.number('replays'),
    warningTexts: answer.texts('warning'),
    unreadFields: answer.texts('unread'),
    segments: answer.all('segment').map((segment) => ({
      place: segment.text('place') ?? '',
      title: segment.text('title'),
      fields: segment.all('field').map((field) => ({
        // Counted as references are, so that a field and what came from it meet.
        place: referenceOf(field.text('place'))?.field ?? field.text('place') ?? '',
        title: field.text('title'),
        value: field.text('value') ?? '',
        read: field.flag('read'),
      })),
    })),
    translation: answer.all('translation').map((resource) => resourceOf(resource, 'type')),
    acknowledgement: textOf(answer.text('acknowledgement')),
    stored: answer.all('resource').map((resource) => resourceOf(resource, 'reference')),
  };
}

function resourceOf(parts: Parts, name: string): Resource {
  return {
    name: parts.text(name) ?? '',
    version: parts.text('version'),
    elements: parts.all('element').map((element) => ({
      path: element.text('path') ?? '',
      value: element.text('value'),
      field: element.text('field'),
    })),
  };
}

/** MSA-1 of an acknowledgement, which says what the sender was told. */
export function acknowledgementCode(acknowledgement: string): string | undefined {
  return /(?:^|[\r\n])MSA.([A-Z]{2})/.exec(acknowledgement)?.[1];
}

/** Segments end with a carriage return, which a page shows as nothing. */
export const linesOf = (message: string) => message.split(/\r\n|\r|\n/).filter(Boolean);
