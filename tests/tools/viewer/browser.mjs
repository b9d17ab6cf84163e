// A page of the viewer in headless Chromium, watched: whatever it complains of or asks the network for
// fails the test.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.env.VIEWER_FOLDER;
const { chromium } = createRequire(path.join(folder, 'package.json'))('playwright-core');
const screenshots = path.join(folder, 'screenshots');
fs.mkdirSync(screenshots, { recursive: true });

// Debian's Chromium, or Ubuntu's.
const programs = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/snap/bin/chromium'];

let browser = null;

export async function startBrowser() {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? programs.find((program) => fs.existsSync(program)),
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

export async function stopBrowser() {
  await browser?.close();
}

export class Reader {
  complaints = [];
  requests = [];

  constructor(page) {
    this.page = page;
    page.on('console', (message) => this.complaints.push(message.text()));
    page.on('pageerror', (error) => this.complaints.push(String(error.stack)));
    page.on('dialog', (dialog) => {
      this.complaints.push(`a dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    page.on('request', (request) => this.requests.push(request.url()));
  }

  static async open(file, { width = 1400, height = 900, colorScheme = 'light' } = {}) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    const reader = new Reader(page);
    reader.url = pathToFileURL(file).href;
    await page.goto(reader.url);
    await page.waitForSelector('.diagram canvas');
    await reader.settle();
    return reader;
  }

  /** All is well so far, and the page is not needed any more. */
  async close() {
    assert.deepEqual(this.complaints, []);
    assert.deepEqual(
      this.requests.filter((url) => url !== this.url && url !== 'data:,'),
      [],
    );
    await this.page.close();
  }

  /** What was asked for has been drawn. */
  async settle() {
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
    await this.settle();
  }

  text(selector) {
    return this.page.locator(selector).first().innerText();
  }

  /** "Step 12 of 40" → 12 */
  async stepNumber() {
    return Number(/Step (\d+)/.exec(await this.text('.step h2'))[1]);
  }

  async shownCount() {
    return Number((await this.text('.filters output')).split(' ')[0].replaceAll(',', ''));
  }

  /** How many pixels of the diagram have a colour of the page, by the name of its property. */
  async pixelsOf(property) {
    return this.page.evaluate((name) => {
      const canvas = document.querySelector('.run.active canvas');
      const probe = document.createElement('canvas').getContext('2d');
      probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
      probe.fillRect(0, 0, 1, 1);
      const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', {
        willReadFrequently: true,
      });
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (data[i] === red && data[i + 1] === green && data[i + 2] === blue) ++count;
      }
      return count;
    }, property);
  }

  screenshot(name) {
    return this.page.screenshot({ path: path.join(screenshots, `${name}.png`), fullPage: true });
  }
}
