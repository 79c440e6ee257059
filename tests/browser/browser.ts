import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type AxeCore from 'axe-core';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
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
  context.setDefaultTimeout(8000);
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

/** What axe-core finds wrong on the page as it stands: rule and the elements. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof AxeCore }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
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
