// What can be booked where: from the EHR's lists as they are now, though it is worked out only when they change.
import { expect, test } from 'vitest';
import { createDirectory } from '../../services/directory.ts';
import { type Doctor, doctorId, type Office, officeId, ok, visitTypeId } from '../../services/domain.ts';
import { annLee, checkup, doe, lakeside, mainStreet } from '../support/fake-use-cases.ts';

const chicagoan: Doctor = { ...annLee, timeZone: 'America/Chicago' };
const nowhere: Doctor = { ...annLee, id: doctorId('19'), timeZone: '' };
const roomless: Office = { ...lakeside, id: officeId('9'), rooms: [] };

function open(
  lists: { offices: readonly Office[]; doctors: readonly Doctor[] },
  zones: ReadonlyMap<string, string>,
) {
  const hers = { ...checkup, id: visitTypeId('22'), doctorId: annLee.id };
  const hidden = { ...checkup, id: visitTypeId('23'), online: false };
  const types = [checkup, hers, hidden];
  return createDirectory(
    {
      offices: () => Promise.resolve(ok(lists.offices)),
      doctors: () => Promise.resolve(ok(lists.doctors)),
      visitTypes: () => Promise.resolve(ok(types)),
    },
    zones,
  );
}

test('offices, doctors and zones follow the lists and OFFICE_TIME_ZONES', async () => {
  const lists = { offices: [mainStreet, lakeside, roomless], doctors: [doe, chicagoan, nowhere] };
  const directory = open(lists, new Map([[lakeside.id, 'US/Central']]));
  expect(await directory.offices()).toEqual(ok([mainStreet, lakeside]));
  expect(await directory.doctors()).toEqual(ok([doe, chicagoan, nowhere]));
  expect(await directory.doctorsAt(mainStreet.id)).toEqual(ok([doe, chicagoan]));
  expect(await directory.doctorsAt(lakeside.id)).toEqual(ok([chicagoan, nowhere]));
  expect(await directory.doctorsAt(roomless.id)).toEqual(ok([]));
  expect(await directory.doctorsAt(officeId('none'))).toEqual(ok([]));
  expect(await directory.timeZoneAt(mainStreet.id, chicagoan.id)).toEqual(ok('America/Chicago'));
  expect(await directory.timeZoneAt(lakeside.id, chicagoan.id)).toEqual(ok('US/Central'));
  expect(await directory.timeZoneAt(lakeside.id, nowhere.id)).toEqual(ok('US/Central'));
  expect(await directory.timeZoneAt(lakeside.id, doe.id)).toEqual(ok(undefined));
  expect(await directory.timeZoneAt(mainStreet.id, nowhere.id)).toEqual(ok(undefined));
});

test('a list that was read anew is what counts, at once', async () => {
  const lists: { offices: readonly Office[]; doctors: readonly Doctor[] } = {
    offices: [mainStreet, lakeside],
    doctors: [doe],
  };
  const directory = open(lists, new Map());
  expect(await directory.doctorsAt(mainStreet.id)).toEqual(ok([doe]));
  lists.doctors = [doe, annLee];
  expect(await directory.doctorsAt(mainStreet.id)).toEqual(ok([doe, annLee]));
  lists.offices = [lakeside];
  expect(await directory.offices()).toEqual(ok([lakeside]));
  expect(await directory.timeZoneAt(mainStreet.id, doe.id)).toEqual(ok(undefined));
});

test('a doctor has the visit types that patients may pick, for everybody or for this doctor', async () => {
  const directory = open({ offices: [mainStreet], doctors: [doe, annLee] }, new Map());
  for (let time = 0; time < 2; time += 1) {
    expect(await directory.visitTypesOf(doe.id)).toMatchObject({ value: [{ id: '21' }] });
    expect(await directory.visitTypesOf(annLee.id)).toMatchObject({ value: [{ id: '21' }, { id: '22' }] });
  }
});
