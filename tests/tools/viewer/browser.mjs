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

/** Runs in the page, before it does: notes what is drawn on a canvas, independently of who draws. */
function recordDrawing() {
  window.drawnOn = new Map();
  const { prototype } = CanvasRenderingContext2D;
  const of = (context) => window.drawnOn.get(context.canvas);
  const wrap = (name, note) => {
    const original = prototype[name];
    prototype[name] = function (...words) {
      note(this, ...words);
      return original.apply(this, words);
    };
  };
  /** Of a box in the units that are drawn in, in pixels of the page. */
  const note = (list, context, text, left, top, right, bottom) => {
    const { a, d, e, f } = context.getTransform();
    const ratio = window.devicePixelRatio || 1;
    const x = (at) => (at * a + e) / ratio;
    const y = (at) => (at * d + f) / ratio;
    list.push({ text, left: x(left), top: y(top), right: x(right), bottom: y(bottom) });
  };
  /** What was drawn at the left is seen no more. */
  const coverUpTo = (drawn, x) => {
    drawn.marks = drawn.marks.filter(({ left, right }) => left + right > 2 * x);
    drawn.texts = drawn.texts.filter(({ right }) => right > x);
  };
  wrap('fillRect', (context, left, top, width, height) => {
    const isWhole = left === 0 && top === 0 && Math.abs(width - context.canvas.clientWidth) < 1;
    if (Math.abs(height - context.canvas.clientHeight) >= 1) return;
    if (isWhole) window.drawnOn.set(context.canvas, { texts: [], marks: [], dashes: new Set() });
    else if (left === 0 && top === 0) coverUpTo(of(context), width);
  });
  wrap('fillText', (context, text, x, y) => {
    if (!of(context)) return;
    const {
      width,
      actualBoundingBoxAscent: up,
      actualBoundingBoxDescent: down,
    } = context.measureText(text);
    const left = { left: x, center: x - width / 2, right: x - width }[context.textAlign];
    note(of(context).texts, context, text, left, y - up, left + width, y + down);
  });
  const mark = (context, name, x, y, r) =>
    of(context) && note(of(context).marks, context, name, x - r, y - r, x + r, y + r);
  wrap('arc', (context, x, y, r) => {
    if (r === 2 || r === 4.5) mark(context, r === 2 ? 'step' : 'timer', x, y, r);
  });
  wrap('rect', (context, x, y, width) => {
    if (width === 7) mark(context, 'write', x + 3.5, y + 3.5, 3.5);
  });
  wrap('fill', (context, path) => {
    const isTurned = context.getTransform().b !== 0; // then it is the head of an arrow
    if (path instanceof Path2D && !isTurned) mark(context, 'value', 0, 0, 4);
  });
  wrap('stroke', (context) => of(context)?.dashes.add(context.getLineDash().join(' ')));
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

  /** `place` is the end of the address, as "#step=13". */
  static async open(file, options = {}) {
    const { width = 1400, height = 900, colorScheme = 'light', place = '' } = options;
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    page.setDefaultTimeout(120_000); // the machine may be busy with other things
    await page.addInitScript(recordDrawing);
    const reader = new Reader(page);
    reader.url = pathToFileURL(file).href;
    await page.goto(reader.url + place);
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

  /** What was asked for has been drawn, and what follows from that: where the cursor leaves the
   *  picture, for one, that is moved. */
  async settle() {
    const frames = 4;
    await this.page.evaluate(
      (count) =>
        new Promise((done) => {
          const wait = (left) =>
            left === 0 ? done() : requestAnimationFrame(() => wait(left - 1));
          wait(count);
        }),
      frames,
    );
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
    await this.settle();
  }

  text(selector) {
    return this.page.locator(selector).first().innerText();
  }

  /** "Step 12 of 0 to 40" → 12 */
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

  /** What the diagram shows now: its size, its texts as boxes, the marks of steps as boxes, and the
   *  dashes of its lines. */
  drawn() {
    return this.page.evaluate(() => {
      const canvas = document.querySelector('.run.active canvas');
      const { texts, marks, dashes } = window.drawnOn.get(canvas);
      const { width, height } = canvas.getBoundingClientRect();
      return { width, height, texts, marks, dashes: [...dashes] };
    });
  }

  screenshot(name) {
    return this.page.screenshot({ path: path.join(screenshots, `${name}.png`), fullPage: true });
  }
}
