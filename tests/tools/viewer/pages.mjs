// Pages to open: made by the program from real runs, or around made-up ones.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.env.VIEWER_FOLDER;
const nothingToSay = { headline: '', setting: '', story: [], contradiction: [], steps: [] };

/** The page as the program writes it, with this data in it. */
export function pageWith(data, name) {
  for (const run of data.runs) run.explanation ??= nothingToSay;
  const bare = fs.readFileSync(path.join(folder, 'built', 'viewer.html'), 'utf8');
  const json = JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
  const file = path.join(folder, `${name}.html`);
  fs.writeFileSync(
    file,
    bare.replace('"the run goes here"', () => json),
  );
  return file;
}

/** A run of the program, as `synod run` takes its arguments, and the page that shows it. */
export function pageOfRun(name, run) {
  const trace = path.join(folder, `${name}.json`);
  const page = path.join(folder, `${name}.html`);
  synodThatJudges('run', ...run, '--trace', trace);
  synod('view', trace, '-o', page, '--force');
  return page;
}

/** The same, beside what shrinking leaves of it. */
export function pageOfShrunk(name, run) {
  const [trace, small] = [`${name}.json`, `${name}_small.json`].map((file) =>
    path.join(folder, file),
  );
  pageOfRun(name, run);
  fs.rmSync(small, { force: true });
  synodThatJudges('shrink', trace, '-o', small);
  const page = path.join(folder, `${name}.html`);
  synod('view', trace, '--compare', small, '-o', page, '--force');
  return page;
}

/** Two proposers that outbid each other for ever, as `synod explore` finds them. */
export function pageOfLasso(name) {
  const [trace, page] = [path.join(folder, `${name}.json`), path.join(folder, `${name}.html`)];
  const bounds = ['--nodes', '2', '--clients', '2', '--ballots-max', '3', '--network', 'ordered'];
  assert.throws(() => synod('explore', '--lasso', ...bounds, '--trace', trace), { status: 1 });
  synod('view', trace, '-o', page, '--force');
  return page;
}

/** One of the traces that the tests of `synod explain` read, and the page that shows it. */
export function pageOfTrace(name, trace) {
  const page = path.join(folder, `${name}.html`);
  const file = fileURLToPath(new URL(`../trace/explained/${trace}`, import.meta.url));
  synod('view', file, '-o', page, '--force');
  return page;
}

function synodThatJudges(...words) {
  try {
    synod(...words);
  } catch (error) {
    if (error.status !== 1 && error.status !== 3) throw error; // violated, or inconclusive
  }
}

function synod(...words) {
  return execFileSync(process.env.SYNOD_PROGRAM, words, { encoding: 'utf8' });
}
