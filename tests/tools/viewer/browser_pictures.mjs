// What the picture shows, and how a reader comes to a step of it: each story told to a real browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Reader, startBrowser, stopBrowser } from './browser.mjs';
import { leastDistances } from './colour_sight.mjs';
import { madeUpRun } from './made_up_run.mjs';
import { pageOfLasso, pageOfRun, pageOfShrunk, pageOfTrace, pageWith } from './pages.mjs';

before(startBrowser);
after(stopBrowser);

const rounds = (steps, more = {}) => ({
  title: 'run',
  round_name: 'ballot',
  chronicle: madeUpRun(steps, more),
});
const pageOf = (name, ...runs) => pageWith({ build: 'synod', runs }, name);

/** What the list below the diagram says: how each kind and each round looks. */
const legend = (reader) =>
  reader.page.locator('.run.active .look').evaluateAll((entries) =>
    entries.map((entry) => {
      const line = entry.querySelector('line');
      const { stroke } = getComputedStyle(line);
      const head = entry.querySelector('path')?.getAttribute('d') ?? '';
      const dash = line.getAttribute('stroke-dasharray') ?? '';
      return { text: entry.innerText.trim(), stroke, dash, head };
    }),
  );
const distinct = (list) => new Set(list).size;

// ---- Messages

test('kinds of messages have a dash each, ballots a colour and a head', async () => {
  const reader = await Reader.open(
    pageOfRun('kinds', ['--seed', '5000', '--scenario', 'late_client', '--mutant', 'sd-pick-own']),
  );
  await reader.press('c', '0');
  const looks = await legend(reader);
  const isBallot = ({ text }) => /^\d+\.n\d$/.test(text);
  const ballots = looks.filter(isBallot);
  const kinds = looks.filter((look) => !isBallot(look));
  assert.deepEqual(
    ballots.map(({ text }) => text),
    ['1.n3', '2.n1', '3.n1'],
  );
  assert.equal(distinct(ballots.map(({ stroke }) => stroke)), 3);
  assert.equal(distinct(ballots.map(({ head }) => head)), 3);
  for (const kind of ['request', 'prepare', 'promise', 'accept', 'accepted'])
    assert.ok(
      kinds.some(({ text }) => text === kind),
      kind,
    );
  assert.equal(distinct(kinds.map(({ dash }) => dash)), kinds.length);
  const { dashes } = await reader.drawn();
  for (const { text, dash } of kinds) assert.ok(dashes.includes(dash), `${text} is drawn so`);
  for (const hue of ['--hue-1', '--hue-2', '--hue-3'])
    assert.ok((await reader.pixelsOf(hue)) > 40, hue);
  await reader.close();
});

test('where a protocol has no rounds, its kinds have the colours too', async () => {
  const run = ['--seed', '1', '--scenario', 'calm', '--protocol', 'two_phase_commit'];
  const reader = await Reader.open(pageOfRun('no_rounds', run));
  await reader.press('0');
  const looks = await legend(reader);
  assert.ok(looks.length >= 4);
  assert.equal(distinct(looks.map(({ dash }) => dash)), looks.length);
  assert.ok(distinct(looks.map(({ stroke }) => stroke)) >= Math.min(6, looks.length));
  assert.equal(await reader.page.locator('.filters').getByLabel('ballot').count(), 0);
  await reader.close();
});

test('rounds go by the name that the protocol gives them, wherever they are in a message', async () => {
  const run = rounds(110);
  for (const message of run.chronicle.messages) {
    const { ballot, ...others } = message.fields;
    if (ballot) message.fields = { ...others, entry: { term: Number(ballot.split('.')[0]) } };
  }
  const reader = await Reader.open(pageOf('terms', { ...run, round_name: 'term' }));
  await reader.press('c');
  await reader.page.locator('.filters').getByLabel('term').selectOption('2');
  const ofTerm = run.chronicle.steps.filter(
    ({ packet }) => packet !== undefined && run.chronicle.messages[packet].fields.entry?.term === 2,
  );
  assert.equal(await reader.shownCount(), ofTerm.length);
  await reader.press('0');
  assert.ok((await legend(reader)).some(({ text }) => text === '2'));
  assert.equal(await reader.page.locator('.filters').getByLabel('ballot').count(), 0);
  await reader.close();
});

test('an entry of the list leaves only its own, and shows all again', async () => {
  const run = rounds(110);
  const reader = await Reader.open(pageOf('only', run));
  await reader.press('c');
  const accept = reader.page.locator('.look').getByText('accept', { exact: true });
  await accept.click();
  await reader.settle();
  const accepts = run.chronicle.steps.filter(
    ({ packet }) => packet !== undefined && run.chronicle.messages[packet].type === 'accept',
  );
  assert.equal(await reader.shownCount(), accepts.length);
  await reader.page.locator('.look[aria-pressed=true]').click();
  await reader.settle();
  assert.equal(await reader.shownCount(), run.chronicle.steps.length);
  await reader.close();
});

test('the colours of messages are told apart by everybody, on any paper', async () => {
  for (const [colorScheme, media] of [
    ['light', 'screen'],
    ['dark', 'screen'],
    ['dark', 'print'],
  ]) {
    const reader = await Reader.open(pageOf('colours', rounds(60)), { colorScheme });
    await reader.page.emulateMedia({ media, colorScheme });
    await reader.settle();
    const [paper, ink, ...hues] = await reader.page.evaluate(() => {
      const style = getComputedStyle(document.documentElement);
      const names = ['--paper', '--ink', ...[1, 2, 3, 4, 5, 6].map((i) => `--hue-${i}`)];
      return names.map((name) => style.getPropertyValue(name).trim());
    });
    const { distance, contrast } = leastDistances(paper, [ink, ...hues]);
    for (const [sight, least] of Object.entries(distance))
      assert.ok(least > 0.12, `${colorScheme} ${media}, ${sight}: ${least}`);
    assert.ok(contrast > 3, `${colorScheme} ${media}: ${contrast} to the paper`);
    await reader.close();
  }
});

// ---- Labels

const overlap = (a, b) =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;

async function expectTidy(reader, name) {
  const { width, height, texts, marks } = await reader.drawn();
  assert.ok(texts.length > 4, `${name}: something is drawn`);
  for (const text of texts) {
    const isInside =
      text.left >= -0.5 && text.right <= width + 0.5 && text.top >= -1 && text.bottom <= height + 1;
    assert.ok(isInside, `${name}: "${text.text}" sticks out: ${JSON.stringify(text)} of ${width}`);
    for (const mark of marks)
      assert.ok(!overlap(text, mark), `${name}: "${text.text}" is on a ${mark.text}`);
  }
  texts.forEach((text, i) => {
    for (const other of texts.slice(0, i))
      assert.ok(!overlap(text, other), `${name}: "${text.text}" is on "${other.text}"`);
  });
}

test('labels cover no step and no other label, and stay in the picture', async () => {
  const long = (i) => `a_value_with_a_name_that_is_as_long_as_it_can_be_${i}`;
  const files = {
    agreement: pageOfTrace('tidy_agreement', 'paxos_agreement.json'),
    stuck: pageOfTrace('tidy_stuck', 'two_phase_commit_termination.json'),
    progress: pageOfTrace('tidy_progress', 'paxos_progress.json'),
    long: pageOf('tidy_long', rounds(110, { value: long })),
  };
  for (const [name, file] of Object.entries(files)) {
    for (const width of [390, 1000, 1500]) {
      const reader = await Reader.open(file, { width });
      assert.ok((await reader.drawn()).marks.length > 4, `${name}: there is something to cover`);
      for (const keys of [[], ['c'], ['-', '-'], ['+', '+', '+'], ['0'], ['Home', '+']]) {
        await reader.press(...keys);
        await expectTidy(reader, `${name}, ${width} pixels, after ${keys.join(' ')}`);
      }
      assert.ok(
        (await reader.page.evaluate(() => document.documentElement.scrollWidth)) <= width,
        `${name}: nothing sticks out of ${width} pixels`,
      );
      if (width !== 1000 || name === 'stuck') await reader.screenshot(`${name}_${width}`);
      await reader.close();
    }
  }
});

test('what a node holds stays within its circle, and what arrives covers none', async () => {
  const value = (i) => `a_value_with_a_long_name_${i}`;
  const reader = await Reader.open(pageOf('stage', rounds(110, { value })));
  await reader.press('Home');
  for (let i = 0; i < 12; ++i) {
    await reader.press('n');
    const sticksOut = await reader.page.evaluate(() =>
      [...document.querySelectorAll('.stage .node')].flatMap((node) => {
        const circle = node.querySelector('circle').getBoundingClientRect();
        return [...node.querySelectorAll('text')].flatMap((text) => {
          const box = text.getBoundingClientRect();
          return box.left < circle.left || box.right > circle.right ? [text.textContent] : [];
        });
      }),
    );
    assert.deepEqual(sticksOut, []);
  }
  const arriving = reader.page.locator('.stage figcaption .arrivals');
  await reader.press('ArrowLeft');
  assert.match(await arriving.innerText(), /a_value_with_a_long_name/);
  const below = await arriving.evaluate(
    (text) =>
      text.getBoundingClientRect().top >=
      text.closest('figure').querySelector('svg').getBoundingClientRect().bottom,
  );
  assert.ok(below);
  await reader.close();
});

// ---- Stretches in which nothing comes about

/** Five timers of which nothing comes, and then 90,000 ticks without any step. */
function runWithIdleness() {
  const chronicle = madeUpRun(110);
  const comesToSomething = ({ changes, sent }) => changes !== undefined || sent !== undefined;
  const at = chronicle.steps.findIndex(
    (step, i) => i > 40 && comesToSomething(step) && comesToSomething(chronicle.steps[i - 1]),
  );
  const idle = Array.from({ length: 5 }, (_, i) => ({
    at: chronicle.steps[at].at,
    kind: 'fire',
    actor: 'n4',
    text: `n4's timer fires ${i}`,
    causes: [],
  }));
  const moved = (step) => (step === undefined || step < at ? step : step + idle.length);
  for (const message of chronicle.messages)
    for (const name of ['said_in', 'sent_in', 'delivered_in', 'dropped_in'])
      if (message[name] !== undefined) message[name] = moved(message[name]);
  chronicle.steps.splice(at, 0, ...idle);
  chronicle.steps.forEach((step, i) => {
    step.trace_index = i;
    if (i >= at + idle.length) {
      step.at += 90000;
      step.causes = step.causes.map(moved);
    }
  });
  chronicle.finding.step = chronicle.steps.length - 1;
  return { run: { title: 'run', round_name: 'ballot', chronicle }, at };
}

test('idle stretches are folded, and a click unfolds them', async () => {
  const { run, at } = runWithIdleness();
  const count = run.chronicle.steps.length;
  const reader = await Reader.open(pageOf('idle', run), { width: 1500 });
  await reader.press('c');
  assert.equal(await reader.shownCount(), count - 5);
  assert.match(await reader.text('.left-out'), /5 steps of which nothing came/);
  await reader.page.getByLabel('step', { exact: true }).fill(String(at));
  await reader.settle();
  await reader.screenshot('idle');
  const { texts } = await reader.drawn();
  assert.ok(texts.some(({ text }) => text === '90,000 idle'));
  const fold = texts.find(({ text }) => text === '… 5 steps');
  const canvas = await reader.page.locator('canvas').boundingBox();
  await reader.page.mouse.click(
    canvas.x + (fold.left + fold.right) / 2,
    canvas.y + (fold.top + fold.bottom) / 2,
  );
  await reader.settle();
  assert.equal(await reader.shownCount(), count);
  await reader.close();
});

test('it opens where progress stopped, and says so', async () => {
  for (const [trace, step, what] of [
    ['paxos_progress', 44, /n1's write is durable/],
    ['two_phase_commit_termination', 17, /n2 learns commit/],
  ]) {
    const reader = await Reader.open(pageOfTrace(`stop_${trace}`, `${trace}.json`));
    assert.equal(await reader.stepNumber(), step);
    assert.match(await reader.text('.step'), what);
    assert.match(await reader.text('.step'), /Progress stops here/);
    const { texts } = await reader.drawn();
    assert.ok(texts.some(({ text }) => text === 'progress stops'));
    await reader.press('End');
    assert.doesNotMatch(await reader.text('.step'), /Progress stops here/);
    await reader.close();
  }
});

// ---- A link to a step

test('a link leads to a step, whatever hides it, and the address follows', async () => {
  const run = rounds(110);
  const file = pageOf('linked', run);
  const reader = await Reader.open(file, { place: '#step=13' });
  assert.equal(await reader.stepNumber(), 13);
  await reader.press('ArrowRight');
  const now = await reader.stepNumber();
  await reader.page.waitForFunction((step) => location.hash === `#step=${step}`, now);
  assert.equal(await reader.page.locator('.step h2 a').getAttribute('href'), `#step=${now}`);
  await reader.page.evaluate(() => (location.hash = '#step=7'));
  await reader.settle();
  assert.equal(await reader.stepNumber(), 7);
  await reader.page.evaluate(() => (location.hash = '#step=99999'));
  await reader.settle();
  assert.equal(await reader.stepNumber(), run.chronicle.steps.length - 1);
  await reader.close();

  const { run: hiding, at } = runWithIdleness();
  const hidden = await Reader.open(pageOf('hidden', hiding), { place: `#step=${at + 2}` });
  assert.equal(await hidden.stepNumber(), at + 2);
  assert.match(await hidden.text('.step .what'), /n4's timer fires 2/);
  const { marks } = await hidden.drawn();
  assert.ok(marks.filter(({ text }) => text === 'timer').length >= 5, 'its fold is open');
  await hidden.close();
});

test('steps have the numbers that they have in the trace', async () => {
  const run = rounds(60);
  run.chronicle.steps.forEach((step, i) => (step.trace_index = i < 10 ? i : i + 2));
  run.chronicle.skipped = [10, 11].map((trace_index) => ({ trace_index, at: 30, kind: 'drop' }));
  for (const step of run.chronicle.steps.slice(-2)) delete step.trace_index; // it settled
  const count = run.chronicle.steps.length;
  const reader = await Reader.open(pageOf('numbers', run), { place: '#step=12' });
  assert.equal(await reader.stepNumber(), 12);
  assert.equal(
    await reader.text('.step .what'),
    run.chronicle.steps[10].text.replaceAll('  ', ' '),
  );
  await reader.press('c', 'End');
  assert.equal(await reader.stepNumber(), count + 1);
  await reader.close();
});

// ---- Two runs

const shrunkTo = (chronicle, isKept) => {
  const steps = chronicle.steps.filter((_, i) => isKept(i));
  const places = new Map(steps.map((step, i) => [chronicle.steps.indexOf(step), i]));
  return {
    ...chronicle,
    messages: [],
    steps: steps.map((step, i) => ({
      ...step,
      trace_index: i,
      packet: undefined,
      sent: undefined,
      text: step.text.replaceAll(/ballot \d+/g, 'ballot 1'), // shrinking renames
      causes: step.causes.flatMap((cause) => places.get(cause) ?? []),
    })),
    finding: { ...chronicle.finding, step: steps.length - 1 },
  };
};

test('beside a shrunk run, the original shows which of its steps survived', async () => {
  const original = madeUpRun(110);
  const last = original.steps.length - 1;
  const isKept = (i) => i === last || (i > 60 && i % 5 === 0);
  const kept = original.steps.filter((_, i) => isKept(i)).length;
  const file = pageOf(
    'survivors',
    { title: 'original', round_name: 'ballot', chronicle: original },
    { title: 'shrunk', round_name: 'ballot', chronicle: shrunkTo(original, isKept) },
  );
  const reader = await Reader.open(file, { width: 1500, place: '#step=1&run=shrunk' });
  assert.match(await reader.text('.run.active h2'), /shrunk/);
  assert.match(
    await reader.text('.counterpart'),
    /(In the original run, too|Like it in the original run): step 70/,
  );
  await reader.page.locator('.counterpart button').click();
  await reader.settle();
  assert.match(await reader.text('.run.active h2'), /original/);
  assert.equal(await reader.stepNumber(), 70);
  await reader.page.waitForFunction(() => location.hash === '#step=70&run=original');
  await reader.press('c', 'ArrowRight');
  assert.match(await reader.text('.counterpart'), /Nothing like it is in the shrunk run/);
  const survivors = reader.page
    .locator('.run.active')
    .getByLabel(/that are, or are like, one of the shrunk run/);
  await survivors.check();
  await reader.settle();
  assert.equal(Number((await reader.text('.run.active .filters output')).split(' ')[0]), kept);
  await reader.screenshot('survivors');
  await reader.close();
});

test('of a run that the program shrank, nearly all of it is found in the original', async () => {
  const run = ['--seed', '5000', '--scenario', 'late_client', '--mutant', 'sd-pick-own'];
  const reader = await Reader.open(pageOfShrunk('shrunk', run), { width: 1500 });
  const text = await reader.page
    .locator('.run.active')
    .getByText(/are like, one of/)
    .innerText();
  const found = Number(/(\d+) steps/.exec(text)[1]);
  const count = Number(/(\d+) steps/.exec(await reader.text('.run.active h2'))[1]);
  assert.ok(found >= count - 2, `${found} of ${count}`);
  await reader.screenshot('shrunk');
  await reader.close();
});

test('the cursor of the other run follows, where the step is there', async () => {
  const original = madeUpRun(110);
  const isKept = (i) => i > 60 && i % 5 === 0;
  const file = pageOf(
    'following',
    { title: 'original', chronicle: original },
    { title: 'shrunk', chronicle: shrunkTo(original, isKept) },
  );
  const reader = await Reader.open(file, { width: 1500, place: '#step=3&run=shrunk' });
  assert.equal(await reader.stepNumber(), 3);
  await reader.settle();
  await reader.press('o');
  assert.equal(await reader.stepNumber(), 80);
  await reader.close();
});

// ---- For ever

test('a run that goes round has its lap marked, and no step of it is folded away', async () => {
  const reader = await Reader.open(pageOfLasso('for_ever'));
  const { texts } = await reader.drawn();
  const told = texts.map(({ text }) => text);
  assert.ok(told.includes('↻ these 14 steps again and again, for ever'), told.join());
  assert.ok(!told.some((text) => text.startsWith('…')), told.join());
  assert.ok(told.includes('violated: progress'), told.join());
  await reader.close();
});
