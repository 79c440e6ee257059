import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type AxeCore from 'axe-core';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';

/** Pictures of the important moments, to be looked at; not kept in the repository. */
const SCREENSHOTS = path.join('tests', 'browser', 'screenshots');
const AXE = path.join('node_modules', 'axe-core', 'axe.min.js');

/** A cheap phone and an office screen, as most people here have them. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};
export const OFFICE: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };

/** Tests of true browsers are listed as not run where no Chromium was found. */
export const describeInBrowser = process.env.FOUND_CHROMIUM === '' ? describe.skip : describe;

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.FOUND_CHROMIUM ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** Somebody with a browser of their own. Whatever their pages complain about is gathered in `complaints`. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly complaints: string[];
}

export async function newPerson(browser: Browser, device: BrowserContextOptions): Promise<Person> {
  const context = await browser.newContext({
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    reducedMotion: 'reduce',
    ...device,
  });
  // Long enough for two cores shared by a browser, a service and another suite: a wait that ends too soon is a red run for nothing.
  context.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  return { context, page: await context.newPage(), complaints };
}

/** Keeps a picture of what the person sees now. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const take = () => page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });
  // A browser on a busy machine now and then cannot; the second time it can.
  await take().catch(take);
}

/** Lets every page of this context be examined for accessibility, under its own content security policy. */
export const bringAxe = (context: BrowserContext): Promise<unknown> => context.addInitScript({ path: AXE });

/**
 * What axe-core finds wrong on the page as it stands: rule and the elements. Text in the very colour of what lies behind it, which axe
 * only asks about because it may be hidden on purpose, is wrong here: nothing of ours is hidden so.
 */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const { violations, incomplete } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof AxeCore }).axe.run({ resultTypes: ['violations', 'incomplete'] }),
  );
  const unseen = incomplete
    .filter(({ id }) => id === 'color-contrast')
    .map(({ nodes }) => ({
      id: 'text in the colour of its ground',
      nodes: nodes.filter(({ any }) => any.some(({ data }) => data?.messageKey === 'equalRatio')),
    }))
    .filter(({ nodes }) => nodes.length > 0);
  return [...violations, ...unseen].map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
  );
}

interface Wide {
  readonly scrollWidth: number;
  readonly clientWidth: number;
}

/** How far the page, or the talk within it, can be pushed sideways, in pixels; on a phone it must be 0. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.locator('html, #log, #talk').evaluateAll((found) => {
    const elements = found as unknown as Wide[];
    return Math.max(...elements.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
  });

/** Looks at the page as it is, on an office screen and on the narrowest phone: axe finds nothing, nothing goes sideways. */
export async function look(page: Page, name: string): Promise<void> {
  await picture(page, name);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await sidewaysScroll(page)).toBe(0);
  await picture(page, `${name}-narrow`);
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Reaches a control by the Tab key alone, as somebody without a mouse does, and sees that it shows where they are. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    const outline = await target.evaluate((element) =>
      element === element.ownerDocument.activeElement ? getComputedStyle(element).outlineStyle : undefined,
    );
    if (outline === undefined) continue;
    expect(outline).not.toBe('none');
    return;
  }
  throw new Error(`Tab does not reach ${target}.`);
}
