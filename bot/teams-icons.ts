// The Teams app's two icons, drawn here: a calendar page with a tick, as PNG files.
// Sizes and safe area: https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons
import { crc32, deflateSync } from 'node:zlib';

type Rgb = readonly [number, number, number];

/** 192 x 192: the white mark on the practice's colour, within the middle half, which no round mask cuts. */
export function colorIcon(color: string): Buffer {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const background: Rgb = [red, green, blue];
  return png(192, (x, y) => {
    const share = coverage((x - 48) / 96, (y - 48) / 96, 1 / 96);
    return [...background.map((value) => Math.round(value + (255 - value) * share)), 255];
  });
}

/** 32 x 32: the mark in white on nothing. */
export const outlineIcon = (): Buffer =>
  png(32, (x, y) => [255, 255, 255, Math.round(255 * coverage((x - 2) / 28, (y - 2) / 28, 1 / 28))]);

/** How much of a pixel the mark covers; the mark lies in the unit square. */
function coverage(x: number, y: number, pixel: number): number {
  const steps = [0.125, 0.375, 0.625, 0.875];
  const hits = steps.flatMap((dx) => steps.filter((dy) => isMark(x + dx * pixel, y + dy * pixel)));
  return hits.length / steps.length ** 2;
}

function isMark(x: number, y: number): boolean {
  const page =
    inRounded(x, y, 0.04, 0.12, 0.96, 0.98, 0.12) && !inRounded(x, y, 0.13, 0.34, 0.87, 0.89, 0.05);
  const rings = [0.3, 0.7].some((at) => inRounded(x, y, at - 0.055, 0, at + 0.055, 0.2, 0.055));
  const tick = nearLine(x, y, 0.31, 0.62, 0.45, 0.76) || nearLine(x, y, 0.45, 0.76, 0.7, 0.48);
  return page || rings || tick;
}

function inRounded(
  x: number,
  y: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
  radius: number,
) {
  const dx = Math.max(left + radius - x, x - right + radius, 0);
  const dy = Math.max(top + radius - y, y - bottom + radius, 0);
  return Math.hypot(dx, dy) <= radius;
}

function nearLine(x: number, y: number, x1: number, y1: number, x2: number, y2: number): boolean {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy) <= 0.052;
}

/** Truecolour with alpha, 8 bits, unfiltered (https://www.w3.org/TR/png-3/). */
function png(size: number, pixel: (x: number, y: number) => readonly number[]): Buffer {
  const rows = Array.from({ length: size }, (_, y) => [
    0,
    ...Array.from({ length: size }, (_, x) => pixel(x, y)).flat(),
  ]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
