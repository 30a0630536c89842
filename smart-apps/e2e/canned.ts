import { randomUUID } from 'node:crypto';
import { CannedPeople, Refusal } from './people';

/** A parameter with parts, values or both, written shortly: arrays repeat, objects are parts. */
type Value = string | number | boolean | undefined | Parameters | readonly Value[];
export interface Parameters {
  [name: string]: Value;
}

export interface Message {
  id: string;
  received: string;
  source: string;
  raw: string;
  state: 'received' | 'applied' | 'rejected' | 'failed';
  reason?: string;
  detail?: string;
  location?: string;
  finished?: string;
  replays: number;
}

interface Answer {
  status?: number;
  body: unknown;
}

const TITLES: Record<string, string> = {
  MSH: 'Message Header',
  'MSH-3': 'Sending Application',
  'MSH-4': 'Sending Facility',
  'MSH-9': 'Message Type',
  'MSH-10': 'Message Control ID',
  EVN: 'Event Type',
  PID: 'Patient Identification',
  'PID-3': 'Patient Identifier List',
  'PID-5': 'Patient Name',
  'PID-7': 'Date/Time of Birth',
  'PID-8': 'Administrative Sex',
  'PID-11': 'Patient Address',
  'PID-13': 'Phone Number - Home',
  'PID-30': 'Patient Death Indicator',
  PV1: 'Patient Visit',
  'PV1-2': 'Patient Class',
  'PV1-3': 'Assigned Patient Location',
  'PV1-19': 'Visit Number',
  OBX: 'Observation/Result',
  'OBX-3': 'Observation Identifier',
  'OBX-5': 'Observation Value',
  ZPI: '',
};

/** The fields that the canned translation reads. */
const READ = /^(MSH|EVN|OBX)|^PID-([13578]|11|13)$|^PV1-(2|3|19)$/;

/** Fields whose letters and digits are masked. */
const PERSONAL = /^PID-(3|5|7|11|13)$|^OBX(\[\d+])?-5$/;

const MINUTE = 60_000;

/** The answers of a small hub, which remembers what it is told. */
export class Canned {
  readonly messages: Message[];
  readonly people: CannedPeople;
  readonly profiles = new Map<string, { text: string; changed: string }>();
  readonly listeners: Record<string, 'listening' | 'paused' | 'draining' | 'stopped'> = {
    mllp: 'listening',
    lab: 'listening',
    'radiology-orders': 'paused',
    'night-drop': 'stopped',
  };
  apps: Parameters[] = [
    {
      id: 'kiln-admin',
      name: 'Interfaces',
      description: 'Find messages, see why they failed, mend and replay.',
      url: '/apps/admin/',
      patient: false,
    },
    {
      id: 'chart',
      name: 'Chart reader',
      description: 'Reads one patient’s chart.',
      url: '/chart/launch',
      patient: true,
    },
  ];
  /** Whether the profile that mends the failed messages has been saved. */
  get mended(): boolean {
    return [...this.profiles.values()].some(({ text }) => /^charset:/m.test(text));
  }

  constructor(readonly now = Date.now()) {
    this.people = new CannedPeople(now);
    const at = (minutes: number) => new Date(now - minutes * MINUTE).toISOString();
    const message = (minutes: number, raw: string, more: Partial<Message> = {}): Message => ({
      id: randomUUID(),
      received: at(minutes),
      source: 'mllp',
      raw,
      state: 'applied',
      finished: at(minutes - 0.01),
      replays: 0,
      ...more,
    });
    const refused = {
      state: 'failed' as const,
      reason: 'STORE_REFUSED',
      detail:
        'Patient.gender: the code in PID-8 is in no table that Kiln has. Map it, or mend it at the sender.',
      location: 'PID-8',
    };
    this.messages = [
      message(2, adt('A08', 'ADM0020', 'NORTHFIELD', 'Kettle^Copper'), refused),
      message(3, adt('A01', 'ADM0019', 'NORTHFIELD', 'Kessel^Anna'), { ...refused, source: 'mllp' }),
      message(4, adt('A01', 'ADM0018', 'HOSP', 'Topf^Emil'), { state: 'received', finished: undefined }),
      message(6, oru('LAB0007'), { source: 'lab' }),
      message(9, adt('A04', 'ADM0017', 'HOSP', 'Krug^Lena')),
      message(11, 'MSH|^~\\&|RIS|HOSP|KILN|HUB|20260301101500||ORM^O01|R-1', {
        state: 'rejected',
        reason: 'UNSUPPORTED_PROCESSING_ID',
        detail: 'MSH-11 is none of P, T, D and N.',
        location: 'MSH-11',
        source: 'radiology-orders',
      }),
      message(25, oru('LAB0006'), {
        source: 'lab',
        state: 'failed',
        reason: 'UNTRANSLATABLE',
        detail: 'OBX-5 of the second OBX does not fit its type in OBX-2.',
        location: 'OBX[2]-5',
      }),
      ...Array.from({ length: 120 }, (_, index) =>
        message(30 + index * 7, adt('A08', `ADM${String(1000 - index)}`, 'HOSP', 'Krug^Lena')),
      ),
    ];
    this.profiles.set('northfield', {
      text: 'application: REG\nfacility: NORTHFIELD\ntime-zone: Europe/Stockholm\n',
      changed: at(60 * 24 * 12),
    });
  }

  answer(
    operation: string,
    method: string,
    asked: Record<string, string[]>,
    origin: string,
  ): Answer | undefined {
    const one = (name: string) => asked[name]?.[0];
    switch (operation) {
      case '$apps':
        return this.#ok({
          account: { name: 'Kim Park', role: ['integration-engineer', 'physician'] },
          app: this.apps,
        });
      case '$launch':
        return this.#ok({ url: `${origin}/account?launched=${one('app')}&patient=${one('patient')}` });
      case 'Patient/_search':
        return { body: people(asked) };
      case '$messages':
        return this.#ok(this.#find(asked));
      case '$message':
        return this.#of(one('id'), (message) => this.#detail(message, method === 'GET'));
      case '$replay-preview':
        return this.#of(one('id'), (message) => ({ message: this.#preview(message, method === 'GET') }));
      case '$replay':
        return this.#ok(this.#replay(asked.id ?? []));
      case '$listeners':
        return this.#ok({ listener: Object.keys(this.listeners).map((name) => this.#listener(name)) });
      case '$listener-pause':
      case '$listener-resume':
        this.listeners[one('name')!] = operation === '$listener-pause' ? 'paused' : 'listening';
        return this.#ok({ listener: this.#listener(one('name')!) });
      case '$listener-test':
        return this.#ok({ test: this.#test(one('name')!) });
      case '$site-profiles':
        return this.#ok({ profile: [...this.profiles.keys()].map((name) => this.#profile(name)) });
      case '$site-profile-try':
        return this.#ok(this.#try(one('text') ?? '', asked.id));
      case '$site-profile-save': {
        const problem = problemOf(one('text') ?? '');
        if (problem) {
          const diagnostics = `line ${problem.line}: ${problem.text}`;
          return { status: 400, body: { resourceType: 'OperationOutcome', issue: [{ diagnostics }] } };
        }
        this.profiles.set(one('name')!, { text: one('text')!, changed: new Date(this.now).toISOString() });
        return this.#ok({ profile: this.#profile(one('name')!) });
      }
      case '$site-profile-remove':
        this.profiles.delete(one('name')!);
        return this.#ok({});
      case '$partner-report':
        return this.#ok(one('sender') === 'NOBODY' ? {} : { sender: this.#report() });
      default:
        return this.#people(operation, asked);
    }
  }

  #people(operation: string, asked: Record<string, string[]>): Answer | undefined {
    try {
      const answer = this.people.answer(operation, asked);
      return answer && this.#ok(answer);
    } catch (e) {
      if (e instanceof Refusal) {
        const issue = [{ diagnostics: e.message }];
        return { status: e.status, body: { resourceType: 'OperationOutcome', issue } };
      }
      throw e;
    }
  }

  #ok(parameters: Parameters): Answer {
    return { body: { resourceType: 'Parameters', parameter: parametersOf(parameters) } };
  }

  #of(id: string | undefined, tell: (message: Message) => Parameters): Answer {
    const message = this.messages.find((one) => one.id === id);
    return message
      ? this.#ok(tell(message))
      : {
          status: 404,
          body: {
            resourceType: 'OperationOutcome',
            issue: [{ diagnostics: 'There is no message with that id.' }],
          },
        };
  }

  #find(asked: Record<string, string[]>): Parameters {
    const matches = (name: string, value: string | undefined) => !asked[name] || asked[name]![0] === value;
    const found = this.messages.filter(
      (message) =>
        matches('state', message.state) &&
        matches('control-id', field(message.raw, 'MSH', 10)) &&
        matches('type', field(message.raw, 'MSH', 9)) &&
        matches('sender', sender(message)) &&
        matches('listener', message.source) &&
        matches('reason', message.reason) &&
        (asked.received ?? []).every((bound) =>
          bound.startsWith('ge') ? message.received >= bound.slice(2) : message.received < bound.slice(2),
        ),
    );
    const count = Number(asked._count?.[0] ?? 50);
    const from = Number(asked.after?.[0] ?? 0);
    return {
      message: found.slice(from, from + count).map(summary),
      next: found.length > from + count ? String(from + count) : undefined,
    };
  }

  #detail(message: Message, masked: boolean): Parameters {
    const segments = segmentsOf(message.raw, masked);
    const understood = message.state !== 'rejected';
    const elements = (resource: string) =>
      understood
        ? ELEMENTS[resource]!.filter((element) => valueAt(segments, element.field) !== undefined)
        : [];
    const translation = ['Patient', 'Encounter', 'Observation'].filter((type) => elements(type).length > 0);
    return {
      message: summary(message),
      masked,
      raw: base64(
        segments
          .map(({ place, fields }) =>
            [
              place.slice(0, 3),
              ...fields.filter((one) => !/^MSH-1$/.test(one.place)).map(({ value }) => value),
            ].join('|'),
          )
          .join('\r'),
      ),
      detail: message.detail,
      location: message.location,
      replays: message.replays,
      warning: message.state === 'applied' ? ['PID-30: the value is not known and was left out.'] : [],
      unread: segments.flatMap(({ fields }) => fields.filter(({ read }) => !read).map(({ place }) => place)),
      segment: segments.map(({ place, title, fields }) => ({
        place,
        title,
        field: fields
          .filter(({ value }) => value !== '')
          .map((one) => ({ ...one, title: TITLES[one.place.replace(/\[\d+]/, '')] })),
      })),
      translation: translation.map((type) => ({
        type,
        element: elements(type).map(({ path, field, value }) => ({
          path,
          field,
          value: value ?? valueAt(segments, field),
        })),
      })),
      acknowledgement: base64(
        `MSH|^~\\&|KILN|HUB|REG|HOSP|20260301101501||ACK^A01^ACK|K1|P|2.5.1\rMSA|${message.state === 'rejected' ? 'AR' : 'AA'}|${field(message.raw, 'MSH', 10)}`,
      ),
      resource:
        message.state === 'applied'
          ? translation.map((type, index) => ({
              reference: `${type}/${17 + index}`,
              version: index === 0 ? '3' : undefined,
              element: elements(type).map(({ path, field }) => ({ path, field })),
            }))
          : [],
    };
  }

  #preview(message: Message, masked: boolean): Parameters {
    if (message.state === 'failed' && !this.mended) {
      return { id: message.id, refused: message.reason, detail: message.detail };
    }
    if (message.state === 'rejected') {
      return { id: message.id, refused: message.reason, detail: message.detail };
    }
    if (message.state === 'applied') {
      return { id: message.id, resource: [{ reference: 'Patient/17', action: 'none' }] };
    }
    const secret = (value: string) => (masked ? mask(value) : value);
    return {
      id: message.id,
      unread: ['PID-30', 'ZPI-3'],
      resource: [
        {
          reference: 'Patient/17',
          action: 'update',
          element: [
            {
              path: 'name[0].family',
              change: 'replace',
              before: secret('Kettel'),
              after: secret('Kettle'),
              field: 'PID-5.1',
            },
            { path: 'gender', change: 'add', after: 'female', field: 'PID-8' },
            { path: 'telecom[1]', change: 'remove', before: secret('555 5550199'), field: 'PID-13' },
          ],
        },
        {
          reference: 'Encounter/18',
          action: 'create',
          element: [
            { path: 'status', change: 'add', after: 'in-progress' },
            { path: 'class', change: 'add', after: 'IMP', field: 'PV1-2' },
          ],
        },
      ],
      kept: [
        {
          path: 'Patient.address[0]',
          why: 'A message that was said later (2026-03-02 08:12) tells another address.',
        },
      ],
    };
  }

  #replay(ids: string[]): Parameters {
    return {
      replayed: ids.length,
      message: ids.map((id) => {
        const message = this.messages.find((one) => one.id === id)!;
        message.replays++;
        if (message.state === 'failed' && this.mended && message.reason === 'STORE_REFUSED') {
          Object.assign(message, {
            state: 'applied',
            reason: undefined,
            detail: undefined,
            location: undefined,
          });
        }
        return message.state === 'failed'
          ? { id, outcome: 'failed', reason: message.reason }
          : { id, outcome: 'applied' };
      }),
    };
  }

  #listener(name: string): Parameters {
    const own = this.messages.filter((message) => message.source === name);
    const count = (state: string) => own.filter((message) => message.state === state).length;
    const error = own.find((message) => message.reason);
    const at = (days: number) => new Date(this.now + days * 24 * 60 * MINUTE).toISOString();
    const ends: Record<string, string> = { lab: at(11), 'radiology-orders': at(-2) };
    const kinds: Record<string, string> = { 'night-drop': 'sftp' };
    const port = { mllp: 2575, lab: 2576, 'radiology-orders': 2577 }[name];
    return {
      name,
      kind: kinds[name] ?? 'mllp',
      address: kinds[name] ? 'sftp.partner.example/out' : '0.0.0.0',
      port,
      state: this.listeners[name],
      connections: name === 'mllp' ? 4 : 1,
      'last-message': own[0]?.received,
      'certificate-ends': ends[name],
      'received-hour': name === 'mllp' ? 1284 : own.length,
      'refused-hour': count('rejected'),
      'failed-hour': count('failed'),
      waiting: count('received'),
      failed: count('failed'),
      'oldest-waiting': own.find(({ state }) => state === 'received')?.received,
      trouble: kinds[name] && {
        why: 'No SFTP server answers at sftp.partner.example:22.',
        since: new Date(this.now - 7 * MINUTE).toISOString(),
      },
      'last-error': error && { message: error.id, reason: error.reason!, received: error.received },
    };
  }

  /** The lab wants certificates of its senders, and what comes to the radiology is not answered. */
  #test(name: string): Parameters {
    const message = this.messages.find(({ state }) => state === 'applied')!;
    const steps = name === 'lab' ? ['connected', 'tls'] : ['connected', 'sent', 'acknowledged'];
    const silent = name === 'radiology-orders';
    return {
      name,
      ok: !silent,
      step: steps.map((step, index) => ({
        name: step,
        millis: index * 3 + 1,
        ok: !(silent && step === 'acknowledged'),
        fault: silent && step === 'acknowledged' ? 'no-answer' : undefined,
        text: silent && step === 'acknowledged' ? 'No answer within 10 s.' : undefined,
      })),
      certificate:
        name === 'lab'
          ? {
              subject: 'CN=lab.hospital.example',
              ends: new Date(this.now + 11 * 24 * 60 * MINUTE).toISOString(),
            }
          : undefined,
      'control-id': 'b7c1f0a2d3e445f6a789',
      acknowledgement:
        name === 'mllp'
          ? 'MSH|^~\\&|KILN|mllp|KILN|TEST|20260301101500.250+0100||ACK^N02^ACK|5d0c|D|2.5.1||||||UNICODE UTF-8\rMSA|AA|b7c1f0a2d3e445f6a789\r'
          : undefined,
      message: name === 'mllp' ? message.id : undefined,
    };
  }

  #profile(name: string): Parameters {
    const { text, changed } = this.profiles.get(name)!;
    const said = (key: string) => new RegExp(`^${key}: *"?([^"\\n]*)`, 'm').exec(text)?.[1];
    return { name, text, application: said('application'), facility: said('facility'), changed };
  }

  #try(text: string, ids: string[] | undefined): Parameters {
    const problem = problemOf(text);
    if (problem) {
      return { problem };
    }
    const mends = /^charset:/m.test(text);
    const tried = this.messages.filter((message) =>
      ids ? ids.includes(message.id) : message.reason === 'STORE_REFUSED',
    );
    return {
      message: tried.map((message) => ({
        id: message.id,
        'control-id': field(message.raw, 'MSH', 10),
        before: message.reason ? `refused ${message.reason}` : 'accepted',
        after: mends || !message.reason ? 'accepted' : `refused ${message.reason}`,
        element: mends
          ? [
              { resource: 'Patient[1]', path: 'gender', change: 'add', after: 'female' },
              {
                resource: 'Patient[1]',
                path: 'name[0].family',
                change: 'replace',
                before: mask('K�ttle'),
                after: mask('Kettle'),
              },
            ]
          : [],
      })),
    };
  }

  #report(): Parameters[] {
    return [
      {
        sender: 'REG|NORTHFIELD',
        messages: 412,
        unread: [
          { field: 'PID-30', messages: 398, message: this.messages[0]!.id },
          { field: 'ZPI-3', messages: 57, message: this.messages[1]!.id },
        ],
        unmapped: [
          {
            field: 'PV1-18',
            code: 'OBSW',
            system: 'http://terminology.hl7.org/CodeSystem/v2-0069',
            messages: 31,
            message: this.messages[0]!.id,
          },
        ],
      },
      {
        sender: 'LAB|HOSP',
        messages: 88,
        unread: [{ field: 'OBX-18', messages: 88, message: this.messages[3]!.id }],
      },
    ];
  }
}

interface CannedElement {
  path: string;
  field: string;
  value?: string;
}

const ELEMENTS: Record<string, CannedElement[]> = {
  Patient: [
    { path: 'identifier[0].value', field: 'PID-3.1' },
    { path: 'identifier[0].system', field: 'PID-3.4.2', value: 'urn:oid:2.999.1.1' },
    { path: 'identifier[1].value', field: 'PID-3[2].1' },
    { path: 'name[0].family', field: 'PID-5.1' },
    { path: 'name[0].given[0]', field: 'PID-5.2' },
    { path: 'birthDate', field: 'PID-7' },
    { path: 'address[0].city', field: 'PID-11.3' },
    { path: 'telecom[0].value', field: 'PID-13.7' },
  ],
  Encounter: [
    { path: 'class.code', field: 'PV1-2', value: 'IMP' },
    { path: 'location[0].location.display', field: 'PV1-3' },
    { path: 'identifier[0].value', field: 'PV1-19.1' },
  ],
  Observation: [
    { path: 'code.coding[0].code', field: 'OBX-3.1' },
    { path: 'valueQuantity.value', field: 'OBX-5' },
    { path: 'code.coding[0].code', field: 'OBX[2]-3.1' },
    { path: 'valueQuantity.value', field: 'OBX[2]-5' },
  ],
};

interface CannedField {
  place: string;
  value: string;
  read: boolean;
}

function segmentsOf(raw: string, masked: boolean) {
  const counts: Record<string, number> = {};
  return raw.split('\r').map((line) => {
    const parts = line.split('|');
    const name = parts[0]!;
    const occurrence = (counts[name] = (counts[name] ?? 0) + 1);
    const place = occurrence > 1 ? `${name}[${occurrence}]` : name;
    const values = name === 'MSH' ? ['|', ...parts.slice(1)] : parts.slice(1);
    const fields: CannedField[] = values.map((value, index) => {
      const where = `${place}-${index + 1}`;
      return {
        place: where,
        value: masked && PERSONAL.test(where) ? mask(value) : value,
        read: READ.test(where),
      };
    });
    return { place, title: TITLES[name] || undefined, fields };
  });
}

function valueAt(segments: ReturnType<typeof segmentsOf>, reference: string): string | undefined {
  const [, place, repetition, component, subcomponent] =
    /^([^.[]+(?:\[\d+]-\d+)?)(?:\[(\d+)])?(?:\.(\d+))?(?:\.(\d+))?$/.exec(reference) ?? [];
  const whole = segments.flatMap(({ fields }) => fields).find((one) => one.place === place)?.value;
  const piece = whole?.split('~')[Number(repetition ?? 1) - 1];
  const value = component ? piece?.split('^')[Number(component) - 1] : piece;
  return (subcomponent ? value?.split('&')[Number(subcomponent) - 1] : value) || undefined;
}

const mask = (value: string) => value.replace(/[\p{L}\p{N}]/gu, '•');
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

function field(raw: string, segment: string, number: number): string {
  const parts =
    raw
      .split('\r')
      .find((line) => line.startsWith(segment))
      ?.split('|') ?? [];
  return parts[segment === 'MSH' ? number - 1 : number] ?? '';
}

const sender = ({ raw }: Message) => `${field(raw, 'MSH', 3)}|${field(raw, 'MSH', 4)}`;

const summary = (message: Message): Parameters => ({
  id: message.id,
  received: message.received,
  source: message.source,
  format: 'hl7v2',
  type: field(message.raw, 'MSH', 9),
  'control-id': field(message.raw, 'MSH', 10),
  sender: sender(message),
  state: message.state,
  reason: message.reason,
  finished: message.finished,
  warnings: message.state === 'applied' ? 1 : 0,
  unread: message.raw.includes('ZPI') ? 2 : 1,
});

function adt(event: string, controlId: string, facility: string, name: string): string {
  return [
    `MSH|^~\\&|REG|${facility}|KILN|HUB|20260301101500+0100||ADT^${event}|${controlId}|P|2.5.1`,
    `EVN|${event}|20260301101500+0100`,
    `PID|1||KD-2001^^^HOSP&2.999.1.1&ISO^MR~998877^^^STATE^SS||${name}||19700501|W|||1 Oven Street^^Springfield^IL^62701||^PRN^PH^^1^555^5550142|||||||||||||||||Z`,
    'PV1|1|I|W1^101^A^HOSP||||||||||||||||V-9001^^^HOSP&2.999.1.2&ISO^VN',
    ...(facility === 'NORTHFIELD' ? ['ZPI|1||vegetarian'] : []),
  ].join('\r');
}

function oru(controlId: string): string {
  return [
    `MSH|^~\\&|LAB|HOSP|KILN|HUB|20260301121500+0100||ORU^R01|${controlId}|P|2.5.1`,
    'PID|1||KD-2001^^^HOSP&2.999.1.1&ISO^MR||Kettle^Copper||19700501|F',
    'OBX|1|NM|2345-7^Glucose^LN||5.60|mmol/L^^UCUM|3.9-6.1|N|||F',
    'OBX|2|NM|2951-2^Sodium^LN||131|mmol/L^^UCUM|136-145|L|||F',
  ].join('\r');
}

/** A line that is neither a comment, nor "key: value", nor a part of one. */
function problemOf(text: string): { line: number; text: string } | undefined {
  const line = text
    .split('\n')
    .findIndex((one) => one.trim() !== '' && !/^\s*(#|[\w-]+(\.\d+)?:(\s|$))/.test(one));
  return line < 0 ? undefined : { line: line + 1, text: 'a key and a colon were expected.' };
}

function people(asked: Record<string, string[]>): unknown {
  const all = [
    {
      id: 'p1',
      name: [{ given: ['Mariana'], family: 'García' }],
      birthDate: '1984-03-09',
      gender: 'female',
      identifier: [{ value: 'KD-1001' }],
    },
    {
      id: 'p2',
      name: [{ given: ['Marta'], family: 'Svensson' }],
      birthDate: '1951-11-30',
      gender: 'female',
      identifier: [{ value: 'KD-1012' }],
    },
  ];
  const fits = (name: string) =>
    (asked.name ?? []).every((word) => name.toLowerCase().includes(word.toLowerCase()));
  const found = all.filter(
    (one) =>
      fits(`${one.name[0]!.given.join(' ')} ${one.name[0]!.family}`) &&
      (!asked.birthdate || asked.birthdate[0] === one.birthDate) &&
      (!asked.identifier || asked.identifier[0] === one.identifier[0]!.value),
  );
  return {
    resourceType: 'Bundle',
    entry: found.map((resource) => ({ resource: { resourceType: 'Patient', ...resource } })),
  };
}

function parametersOf(parameters: Parameters): unknown[] {
  return Object.entries(parameters).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as Value[]) : [value]).flatMap((one) => parameterOf(name, one as Value)),
  );
}

function parameterOf(name: string, value: Value): unknown[] {
  switch (typeof value) {
    case 'undefined':
      return [];
    case 'boolean':
      return [{ name, valueBoolean: value }];
    case 'number':
      return [{ name, valueInteger: value }];
    case 'string':
      return [{ name, valueString: value }];
    default:
      return [{ name, part: parametersOf(value as Parameters) }];
  }
}
