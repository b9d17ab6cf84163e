// What a reader does with the page, each story told to a real browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Reader, startBrowser, stopBrowser } from './browser.mjs';
import { madeUpRun } from './made_up_run.mjs';
import { pageOfRun, pageOfTrace, pageWith } from './pages.mjs';

const short = madeUpRun(110, {
  finding: 'orange was chosen in ballot 3.n4, although green was chosen in ballot 2.n3',
});
const stepCount = short.steps.length;
const lastStep = stepCount - 1; // its number: they begin with 0, as in the trace
const explanation = {
  headline: 'proposals_safe is violated',
  steps: [],
  story: [
    { text: 'c2 asked n2 to write blue.', steps: [0, 1] },
    {
      text: 'green was chosen in ballot 2.n3.',
      steps: [short.steps.findIndex(({ news }) => news?.startsWith('green'))],
    },
  ],
  contradiction: [{ text: 'orange was chosen, too.', steps: [lastStep] }],
  setting: '5 nodes; a quorum is any 3 of them.',
  wrong_step: [
    { text: 'At 61, n4 was given a promise.', steps: [60] },
    { text: 'n4 answered: orange. By the rule of Paxos: green.' },
  ],
  rule: {
    text: 'A proposer proposes the value of the highest vote reported to it.',
    source: 'Paxos Made Simple, 2.2',
  },
};
const what_if = {
  critical_step: 60,
  curve: short.steps.map((_, step) => ({
    step,
    violated: step < 50 ? 4 : step < 60 ? 40 : 99,
    samples: 100,
  })),
};
const shortPage = () =>
  pageWith(
    {
      build: 'synod',
      runs: [{ title: 'run', round_name: 'ballot', chronicle: short, explanation, what_if }],
    },
    'short',
  );

before(startBrowser);
after(stopBrowser);

test('it opens on the violation, which is marked, with both quorums in view', async () => {
  const reader = await Reader.open(shortPage());
  assert.match(await reader.text('h1'), /orange was chosen/);
  assert.match(await reader.text('.verdict mark'), /violated: proposals_safe/);
  assert.equal(await reader.stepNumber(), lastStep);
  assert.ok((await reader.pixelsOf('--mark')) > 300);
  assert.ok((await reader.pixelsOf('--orange')) > 100);
  assert.ok(await reader.page.getByLabel('only what led to the violation').isChecked());
  assert.ok((await reader.shownCount()) < stepCount);
  await reader.screenshot('light');
  await reader.close();
});

test('both quorums of a disagreement are marked', async () => {
  const reader = await Reader.open(pageOfTrace('agreement', 'paxos_agreement.json'));
  assert.match(
    await reader.text('h1'),
    /red was chosen in ballot 1\.n1 .*; blue was chosen in ballot 1\.n1/,
  );
  assert.match(await reader.text('.explanation'), /red was chosen .* by the votes of n1 and n2/);
  assert.match(
    await reader.text('.explanation'),
    /One ballot, one value.* value_to_repeat in core/,
  );
  // A bar through the lanes for each, and a ring around each vote.
  for (const value of ['--vermillion', '--blue']) {
    assert.ok((await reader.pixelsOf(value)) > 600, value);
  }
  await reader.screenshot('agreement');
  await reader.close();
});

test('a page of the program shows its run: Paxos, with a planted bug', async () => {
  const reader = await Reader.open(
    pageOfRun('paxos', ['--seed', '5000', '--scenario', 'late_client', '--mutant', 'sd-pick-own']),
  );
  assert.match(await reader.text('h1'), /although red was chosen in the lower ballot 1\.n3/);
  assert.match(
    await reader.text('.step .departure'),
    /A correct node would send accept \(ballot 3\.n1, value red\)/,
  );
  assert.match(await reader.text('.rule'), /value_to_propose.*PMS 2\.2/);
  assert.ok((await reader.pixelsOf('--vermillion')) > 200); // red's quorum
  await reader.screenshot('paxos');
  await reader.press('Home', 'ArrowRight', 'n', 'n');
  assert.match(await reader.text('td.changed'), /red@1\.n3/);
  await reader.close();
});

test('a page of the program shows its run: three-phase commit, split by a cut', async () => {
  const reader = await Reader.open(
    pageOfRun('three_phase_commit', [
      '--seed',
      '3',
      '--scenario',
      'accident_cut',
      '--protocol',
      'three_phase_commit',
    ]),
  );
  assert.match(await reader.text('.verdict'), /atomicity.*outside the fault model/s);
  assert.match(await reader.text('.state'), /committed[^]*aborted/);
  assert.ok((await reader.pixelsOf('--green')) > 20); // who committed
  await reader.screenshot('three_phase_commit');
  await reader.close();
});

test('a page of the program shows its run: a run that holds', async () => {
  const reader = await Reader.open(pageOfRun('holds', ['--seed', '1', '--scenario', 'calm']));
  assert.equal(await reader.text('.verdict b'), 'holds');
  assert.equal(await reader.pixelsOf('--mark'), 0);
  await reader.screenshot('holds');
  await reader.close();
});

test('the keyboard steps, jumps and comes back', async () => {
  const reader = await Reader.open(shortPage());
  await reader.press('ArrowLeft');
  const before = await reader.stepNumber();
  assert.ok(before < lastStep);
  await reader.press('ArrowRight');
  assert.equal(await reader.stepNumber(), lastStep);
  await reader.press('Home');
  assert.equal(await reader.stepNumber(), 0);
  await reader.press('n');
  assert.match(await reader.text('.step'), /vote/);
  await reader.press('End', 'p', 'v');
  assert.equal(await reader.stepNumber(), lastStep);
  await reader.press('j');
  assert.match(await reader.text('.explanation li.here'), /n4 was given a promise/);
  await reader.press('j');
  assert.match(await reader.text('.explanation li.here'), /c2 asked/);
  await reader.press('j', 'j', 'k');
  assert.match(await reader.text('.explanation li.here'), /green/);
  await reader.press('?');
  assert.match(await reader.text('.help'), /next step/);
  await reader.press('Escape');
  assert.equal(await reader.page.locator('.help').count(), 0);
  await reader.close();
});

test('it plays, pauses, and stops at the end', async () => {
  const reader = await Reader.open(shortPage());
  await reader.press('Home');
  await reader.page.getByLabel('speed').selectOption('64');
  await reader.press('Escape', ' ');
  await reader.page.waitForFunction(
    () => !document.querySelector('.step h2').textContent.includes('Step 0 '),
  );
  await reader.press(' ');
  assert.equal(await reader.text('#play'), 'Play');
  const paused = await reader.stepNumber();
  await reader.page.waitForTimeout(60);
  assert.equal(await reader.stepNumber(), paused);
  await reader.page.locator('#play').click();
  await reader.page.waitForFunction(
    (last) => document.querySelector('.step h2').textContent.includes(`Step ${last} `),
    lastStep,
  );
  await reader.page.waitForFunction(() => document.querySelector('#play').textContent === 'Play');
  await reader.close();
});

test('the slider scrubs, and the state follows the cursor with what just changed', async () => {
  const reader = await Reader.open(shortPage());
  await reader.page.getByLabel('step', { exact: true }).fill('0');
  assert.equal(await reader.stepNumber(), 0);
  assert.equal(await reader.page.locator('td.changed').count(), 0);
  await reader.press('Escape', 'n');
  assert.match(await reader.text('td.changed'), /@/);
  assert.match(await reader.page.locator('.stage .acting').first().textContent(), /@/);
  await reader.close();
});

test('what comes again and again is left out, with what is said of it, until it is asked for', async () => {
  const repeats = [
    { first: 20, count: 40, text: 'until 180, 4 such steps 10 times more' },
    { first: 70, count: 12, text: 'until 240, 2 such steps 6 times more' },
  ];
  const run = { title: 'run', chronicle: madeUpRun(110), explanation, repeats };
  const reader = await Reader.open(pageWith({ build: 'synod', runs: [run] }, 'repeats'));
  const filters = reader.page.locator('.filters');
  await filters.getByRole('checkbox', { name: /only what led to/ }).uncheck();
  const all = run.chronicle.steps.length;
  assert.ok(await filters.getByLabel('repeats and idle steps folded').isChecked());
  assert.ok((await reader.shownCount()) < all - 40);
  assert.match(await reader.text('.left-out'), /4 such steps 10 times more/);
  await reader.screenshot('repeats');
  await filters.getByLabel('repeats and idle steps folded').uncheck();
  assert.equal(await reader.shownCount(), all);
  assert.equal(await reader.page.locator('.left-out').count(), 0);
  await reader.close();
});

test('filters by node, type, ballot and search leave what they say', async () => {
  const reader = await Reader.open(shortPage());
  const filters = reader.page.locator('.filters');
  await reader.press('c');
  assert.equal(await reader.shownCount(), stepCount);
  await filters.getByLabel('type').selectOption('accept');
  const accepts = short.steps.filter(
    ({ packet }) => packet !== undefined && short.messages[packet].type === 'accept',
  );
  assert.equal(await reader.shownCount(), accepts.length);
  await filters.getByLabel('type').selectOption('');
  await filters.getByLabel('ballot').selectOption('2.n3');
  assert.ok((await reader.shownCount()) < stepCount / 2);
  await filters.getByLabel('ballot').selectOption('');
  await filters.getByRole('checkbox', { name: 'n2' }).uncheck();
  assert.equal(await reader.shownCount(), short.steps.filter(({ actor }) => actor !== 'n2').length);
  await filters.getByRole('checkbox', { name: 'n2' }).check();
  await reader.press('Escape', '/');
  await reader.page.keyboard.type('CRASHES');
  assert.equal(
    await reader.shownCount(),
    short.steps.filter(({ text }) => text.includes('crashes')).length,
  );
  await reader.page.keyboard.type(' nowhere');
  assert.match(await reader.text('.nothing'), /No step/);
  await reader.close();
});

test('a sentence leads to its step, a click on the diagram too, and its causal past lights up', async () => {
  const reader = await Reader.open(shortPage());
  const lit = await reader.pixelsOf('--ink');
  await reader.page.getByRole('button', { name: 'green was chosen in ballot 2.n3.' }).click();
  assert.equal(await reader.stepNumber(), explanation.story[1].steps[0]);
  await reader.settle();
  assert.ok((await reader.pixelsOf('--ink')) < lit);
  assert.match(await reader.text('.explanation h3 >> nth=0'), /rule/);
  const { x, y, width, height } = await reader.page.locator('canvas').boundingBox();
  const seen = new Set();
  for (let part = 0.1; part < 1; part += 0.1) {
    await reader.page.mouse.click(x + width * part, y + height * part * 0.7);
    seen.add(await reader.stepNumber());
  }
  assert.ok(seen.size >= 3, `clicks from corner to corner found steps ${[...seen]}`);
  await reader.page.locator('.causes button').first().click();
  await reader.screenshot('causal_past');
  await reader.close();
});

test('the diagram zooms and moves', async () => {
  const reader = await Reader.open(shortPage());
  const picture = () => reader.page.evaluate(() => document.querySelector('canvas').toDataURL());
  const first = await picture();
  await reader.press('0');
  const whole = await picture();
  assert.notEqual(whole, first);
  await reader.screenshot('all_steps');
  await reader.press('+', '+', '-');
  const canvas = await reader.page.locator('canvas').boundingBox();
  await reader.page.mouse.move(canvas.x + 300, canvas.y + 100);
  const zoomed = await picture();
  await reader.page.mouse.wheel(-200, 0);
  await reader.page.waitForTimeout(60);
  await reader.settle();
  assert.notEqual(await picture(), zoomed);
  await reader.close();
});

test('it is dark where the system is, or the reader wants it', async () => {
  const reader = await Reader.open(shortPage(), { colorScheme: 'dark' });
  const background = () =>
    reader.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await reader.screenshot('dark');
  await reader.press('t');
  const light = await background();
  assert.notEqual(dark, light);
  await reader.close();
});

test('at 360 pixels nothing sticks out', async () => {
  const reader = await Reader.open(shortPage(), { width: 360, height: 740 });
  assert.ok((await reader.page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
  await reader.screenshot('narrow');
  await reader.close();
});

test('on paper it is light, whole, and without controls', async () => {
  const reader = await Reader.open(shortPage(), { colorScheme: 'dark', width: 1040 });
  await reader.page.emulateMedia({ media: 'print' });
  await reader.settle();
  assert.equal(await reader.page.locator('.transport').isVisible(), false);
  assert.equal(
    await reader.page.evaluate(() => getComputedStyle(document.body).backgroundColor),
    'rgb(255, 255, 255)',
  );
  await reader.screenshot('print');
  await reader.close();
});

test('hostile names and texts stay texts', async () => {
  const traps = [
    '</script><script>window.isCaught = 1</script>',
    '<img src=x onerror="window.isCaught=1">',
    '"\'`\u2028\u2029${1}',
  ];
  const hostile = madeUpRun(60, {
    value: (i) => traps[i % 3].replaceAll(' ', ''),
    finding: traps.join(' '),
  });
  hostile.mutants = traps;
  hostile.steps.at(-2).news = traps[1];
  const story = traps.map((text, i) => ({ text, steps: [i] }));
  const file = pageWith(
    {
      build: traps[0],
      runs: [
        {
          title: traps[0],
          chronicle: hostile,
          explanation: {
            headline: traps[1],
            steps: [],
            story,
            contradiction: [{ text: traps.join(' ') }],
            setting: traps[2],
            wrong_step: story,
            rule: { text: traps[0], source: traps[1], code: traps[2] },
          },
        },
      ],
    },
    'hostile',
  );
  const reader = await Reader.open(file);
  assert.ok((await reader.text('h1')).includes('<img src=x onerror="window.isCaught=1">'));
  await reader.press('ArrowLeft', 'n', 'Home', 'End');
  assert.equal(await reader.page.evaluate(() => window.isCaught), undefined);
  assert.equal(await reader.page.locator('img').count(), 0);
  await reader.screenshot('hostile');
  await reader.close();
});

test('the original and the shrunk run stand side by side', async () => {
  const shrunk = madeUpRun(46);
  const file = pageWith(
    {
      build: 'synod',
      runs: [
        { title: 'original', chronicle: short, what_if },
        { title: 'shrunk', chronicle: shrunk },
      ],
    },
    'two',
  );
  const reader = await Reader.open(file, { width: 1500 });
  assert.equal(await reader.page.locator('.run').count(), 2);
  assert.match(await reader.text('.run.active h2'), /shrunk/);
  assert.equal(await reader.stepNumber(), shrunk.steps.length - 1);
  await reader.press('o');
  assert.match(await reader.text('.run.active h2'), /original/);
  assert.equal(await reader.stepNumber(), lastStep);
  await reader.screenshot('side_by_side');
  await reader.close();
});
