// The REST interface described for machines (OpenAPI 3.1), by hand; a test holds it equal to what the routes do.

const wallTime = { type: 'string', pattern: '^\\d{2}:\\d{2}$', examples: ['09:30'] } as const;
const id = { oneOf: [{ type: 'integer' }, { type: 'string', pattern: '^\\d{1,18}$' }] } as const;
const text = { type: 'string' } as const;

const json = (schema: object, description: string) =>
  ({ description, content: { 'application/json': { schema } } }) as const;
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: Readonly<Record<string, object>>, required = Object.keys(properties)) =>
  ({ type: 'object', properties, required }) as const;
const listOf = (items: object) => ({ type: 'array', items }) as const;

const errorResponses = {
  400: json(ref('Error'), 'missing-fields, invalid-request'),
  401: json(ref('Error'), 'unauthorized: the API key is missing or wrong'),
  422: json(ref('Error'), 'outside-policy, ehr-refused'),
  429: json(ref('Error'), 'too-many-requests: wait as many seconds as Retry-After says'),
  500: json(ref('Error'), 'ehr-unavailable'),
} as const;
const { 400: _, ...browseErrors } = errorResponses;

const query = (name: string, required: boolean, schema: object, description: string) =>
  ({ name, in: 'query', required, schema, description }) as const;

export const openApi = {
  openapi: '3.1.0',
  info: {
    title: 'Bookadoc',
    version: '1',
    description:
      'Books appointments at a medical practice, by the same rules as the chat. Times are office wall times.',
  },
  security: [{ apiKey: [] }],
  paths: {
    '/api/offices': {
      get: {
        operationId: 'offices',
        summary: 'Offices that can be booked',
        responses: { 200: json(object({ offices: listOf(ref('Office')) }), 'The offices'), ...browseErrors },
      },
    },
    '/api/doctors': {
      get: {
        operationId: 'doctors',
        summary: 'Doctors who can be booked',
        responses: { 200: json(object({ doctors: listOf(ref('Doctor')) }), 'The doctors'), ...browseErrors },
      },
    },
    '/api/availability': {
      get: {
        operationId: 'availability',
        summary: 'Free slots of one day at an office',
        parameters: [
          query('date', true, { type: 'string', format: 'date' }, 'The office-local day'),
          query('office', true, id, 'The office'),
          query('doctor', false, id, 'One doctor; otherwise every doctor of the office together'),
          query('duration', false, { type: 'integer', minimum: 1, maximum: 1440, default: 30 }, 'Minutes'),
        ],
        responses: { 200: json(ref('Availability'), 'The free slots'), ...errorResponses },
      },
    },
    '/api/appointments': {
      get: {
        operationId: 'recorded',
        summary: "A doctor's or a patient's visits on Bookadoc's own books; the EHR is not asked",
        parameters: [
          query('doctor', false, id, 'Of this doctor; needs from and to'),
          query('patient', false, id, 'Or of this patient; from today, for a year, unless told'),
          query('from', false, { type: 'string', format: 'date' }, 'First office-local day'),
          query('to', false, { type: 'string', format: 'date' }, 'Last office-local day; at most a year on'),
        ],
        responses: {
          200: json(object({ appointments: listOf(ref('Recorded')) }), 'The visits, ascending'),
          400: errorResponses[400],
          401: errorResponses[401],
        },
      },
      post: {
        operationId: 'book',
        summary: 'Book an appointment, once',
        parameters: [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            schema: { type: 'string', minLength: 1, maxLength: 255 },
            description: 'Kept for 24 hours: the same request again gets the same answer, another one 422.',
          },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: ref('AppointmentRequest') } },
        },
        responses: {
          201: json(ref('Confirmation'), 'Booked'),
          ...errorResponses,
          404: json(ref('Error'), 'patient-not-found'),
          409: json(ref('Error'), 'slot-taken (with alternatives), overlaps-own'),
          413: json(ref('Error'), 'too-large'),
          415: json(ref('Error'), 'unsupported-media-type: send JSON'),
          422: json(ref('Error'), 'outside-policy, ehr-refused, patient-ambiguous, idempotency-key-reused'),
          500: json(ref('Error'), 'ehr-unavailable, unconfirmed'),
        },
      },
    },
  },
  components: {
    securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'The setting API_KEY' } },
    schemas: {
      Office: object({
        id,
        name: text,
        address: text,
        city: text,
        state: text,
        phone: text,
        timeZone: {
          type: ['string', 'null'],
          description: 'IANA zone; null where its doctors keep different ones',
        },
        examRooms: listOf(
          object({ index: { type: 'integer', minimum: 1 }, name: text, online: { type: 'boolean' } }),
        ),
      }),
      Doctor: object({ id, name: text, specialty: text, timeZone: { type: ['string', 'null'] } }),
      Recorded: object({
        appointmentId: { type: ['string', 'null'], description: "The EHR's id; null while it is not known" },
        status: {
          type: 'string',
          enum: ['pending', 'confirmed', 'withdrawing', 'changing', 'cancelled'],
          description:
            'changing: a move or a cancellation whose outcome is being found out; shown as it was before. A visit that was moved is one row, at its present time',
        },
        ehrStatus: text,
        patientid: id,
        doctorid: id,
        officeid: id,
        scheduled_time: { type: 'string', examples: ['2025-02-18T08:30'] },
        timeZone: text,
        duration: { type: 'integer' },
        provider: text,
        ehrAgreedAt: {
          type: ['string', 'null'],
          format: 'date-time',
          description: 'When the EHR last agreed to this; null: not yet',
        },
      }),
      Availability: object(
        {
          date: { type: 'string', format: 'date' },
          office: id,
          doctor: id,
          duration: { type: 'integer' },
          open_slots: listOf(
            object({
              start: wallTime,
              end: wallTime,
              availability: listOf(object({ start: wallTime, end: wallTime })),
            }),
          ),
        },
        ['date', 'office', 'duration', 'open_slots'],
      ),
      AppointmentRequest: {
        ...object(
          {
            patientid: id,
            doctorid: id,
            officeid: id,
            scheduled_time: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:00)?$' },
            appointmenttypeid: id,
            duration: { type: 'integer', minimum: 1, maximum: 1440 },
          },
          ['patientid', 'doctorid', 'officeid', 'scheduled_time'],
        ),
        oneOf: [{ required: ['appointmenttypeid'] }, { required: ['duration'] }],
      },
      Confirmation: object({
        message: text,
        appointmentDetails: object({ appointmentId: text, date: text, time: text, provider: text }),
      }),
      Error: object(
        {
          error: text,
          message: text,
          missing: listOf(text),
          alternatives: listOf(
            object({ scheduled_time: text, doctorid: id, officeid: id, duration: { type: 'integer' } }),
          ),
        },
        ['error', 'message'],
      ),
    },
  },
} as const;
