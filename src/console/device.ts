import type { Device } from '../staff/staff.js';

/** Names in order: many browsers also claim to be Chrome or Safari. Texts: device.browser.*, device.system.*. */
const BROWSERS = [
  ['coccoc', /coc_coc_browser/i],
  ['edge', /Edg(e|A|iOS)?\//],
  ['opera', /OPR\/|Opera/],
  ['samsung', /SamsungBrowser\//],
  ['firefox', /Firefox\/|FxiOS\//],
  ['chrome', /Chrome\/|CriOS\//],
  ['safari', /Safari\//],
] as const;
const SYSTEMS = [
  ['android', /Android/],
  ['ios', /iPhone|iPad|iPod/],
  ['windows', /Windows/],
  ['chromeos', /CrOS/],
  ['macos', /Mac OS X|Macintosh/],
  ['linux', /Linux/],
] as const;

/** What is kept of a browser's description of itself: the family and the system, no version, no model. */
export function deviceOf(userAgent: string | undefined): Device {
  const nameIn = (names: readonly (readonly [string, RegExp])[]): string =>
    names.find(([, pattern]) => pattern.test(userAgent ?? ''))?.[0] ?? 'other';
  return { browser: nameIn(BROWSERS), system: nameIn(SYSTEMS) };
}
