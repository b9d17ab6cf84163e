// Long runs: the page opens, in time linear in their length, and moves as a short one does.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Reader, startBrowser, stopBrowser } from './browser.mjs';
import { madeUpRun } from './made_up_run.mjs';
import { pageWith } from './pages.mjs';

before(startBrowser);
after(stopBrowser);

/** As the program writes one that was judged at its end: it follows from all of its steps. */
function stuckRun(steps) {
  const chronicle = madeUpRun(steps, { finding: 'n1 and n2 cannot decide' });
  delete chronicle.finding.step;
  chronicle.finding.property = 'progress';
  const explanation = {
    headline: '',
    setting: '',
    story: [],
    contradiction: [],
    steps: chronicle.steps.map((_, step) => step),
  };
  return { title: 'long', round_name: 'ballot', chronicle, explanation };
}

const opened = async (steps) => {
  const file = pageWith({ build: 'synod', runs: [stuckRun(steps)] }, `stuck_${steps}`);
  const begin = performance.now();
  const reader = await Reader.open(file);
  return { reader, time: performance.now() - begin };
};

test('200,000 steps open, in time linear in their number', async (context) => {
  const few = await opened(25000);
  await few.reader.close();
  const many = await opened(200000);
  context.diagnostic(`ms to open: ${few.time.toFixed(0)} and ${many.time.toFixed(0)}`);
  assert.match(await many.reader.text('.verdict mark'), /violated: progress/);
  assert.ok((await many.reader.pixelsOf('--ink')) > 300, 'something is drawn');
  await many.reader.press('c', 'Home', 'ArrowRight', 'End');
  assert.ok((await many.reader.stepNumber()) >= 199999);
  assert.ok(many.time < 16 * few.time, `${many.time} ms, and ${few.time} ms for an eighth`);
  await many.reader.close();
});

test('messages that are under way for long do not make it slow', async (context) => {
  const times = [];
  for (const steps of [5000, 20000]) {
    const run = stuckRun(steps);
    // Each message takes half the run to arrive.
    const arrivals = run.chronicle.messages.map((message) => message.delivered_in);
    run.chronicle.messages.forEach((message, i) => {
      if (message.delivered_in !== undefined)
        message.delivered_in = arrivals[Math.min(arrivals.length - 1, i + (arrivals.length >> 1))];
    });
    const file = pageWith({ build: 'synod', runs: [run] }, `late_${steps}`);
    const begin = performance.now();
    const reader = await Reader.open(file);
    times.push(performance.now() - begin);
    await reader.close();
  }
  context.diagnostic(`ms to open: ${times.map((time) => time.toFixed(0)).join(' and ')}`);
  assert.ok(times[1] < 8 * times[0], `${times[1]} ms, and ${times[0]} ms for a quarter`);
});

test('50,000 steps are as smooth as fifty', async (context) => {
  const readers = [];
  for (const steps of [50, 50000]) {
    const file = pageWith(
      { build: 'synod', runs: [{ title: 'long', chronicle: madeUpRun(steps) }] },
      `long_${steps}`,
    );
    readers.push(await Reader.open(file));
  }
  for (const reader of readers) await reader.press('c');
  const frameTime = (reader, key) =>
    reader.page.evaluate(async (pressed) => {
      const begin = performance.now();
      window.dispatchEvent(new KeyboardEvent('keydown', { key: pressed }));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return performance.now() - begin;
    }, key);
  // One after the other in turn, because the machine may be busy with other things now and then.
  const compare = async (name, keys) => {
    const times = [[], []];
    for (let i = 0; i < 24; ++i) {
      for (const which of [0, 1]) {
        await readers[which].page.bringToFront();
        times[which].push(await frameTime(readers[which], keys[i % keys.length]));
      }
    }
    const [few, many] = times.map((list) => list.sort((a, b) => a - b)[6]);
    context.diagnostic(`ms a frame, ${name}: ${few.toFixed(1)} and ${many.toFixed(1)}`);
    assert.ok(many < 10 * few, `${name}: ${many} ms, and ${few} ms with fifty`);
  };
  await compare('stepping', ['ArrowLeft', 'ArrowLeft', 'ArrowRight']);
  await compare('zooming', ['-', '-', '-', '+', '+', '+']);
  for (const reader of readers) await reader.press('0');
  await compare('all in view', ['ArrowLeft', 'ArrowLeft', 'ArrowRight']);
  await readers[1].screenshot('long');
  for (const reader of readers) await reader.close();
});
