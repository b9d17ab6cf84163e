// What happens on the lanes: timers, disks, crashes; votes and choices stand out.
import { between, type Choice, type Vote } from '../landmarks';
import { lookOf, outline } from '../values';
import { yOf } from './layout';
import { alphaOf, colour, xOf, type Drawing } from './scene';

const marksFrom = 5; // pixels a column

/** The shape of a value, filled when it is a vote on disk, hollow when it is only learned. */
export function drawValue(drawing: Drawing, value: string, x: number, y: number, r: number, isFilled: boolean) {
  const { context } = drawing;
  const look = lookOf(value);
  context.save();
  context.translate(x, y);
  const path = new Path2D(outline(look.shape, r));
  context.lineWidth = isFilled ? 1.5 : 2.2;
  context.fillStyle = colour(drawing, isFilled ? look.colour : '--paper');
  context.strokeStyle = colour(drawing, isFilled ? '--paper' : look.colour);
  context.fill(path);
  context.stroke(path);
  context.restore();
}

/** One small mark for each step in view; below a pixel a column, one for each pixel. */
export function drawSteps(drawing: Drawing) {
  const { context, layout, scene } = drawing;
  const { steps } = scene.run.chronicle;
  const isDense = layout.columnWidth < marksFrom;
  const lastPixel = new Map<number, number>();
  for (let column = layout.firstColumn; column <= layout.lastColumn; ++column) {
    const number = scene.shown.steps[column]!;
    const step = steps[number]!;
    const lane = scene.laneOf.get(step.actor ?? '');
    const x = layout.x(column);
    if (lane === undefined) continue;
    const y = yOf(layout, lane);
    context.globalAlpha = alphaOf(scene, number);
    if (isDense) {
      const pixel = Math.floor(x);
      if (lastPixel.get(lane) === pixel) continue;
      lastPixel.set(lane, pixel);
      context.fillStyle = colour(drawing, '--quiet');
      context.fillRect(pixel, y - 3, 1, 6);
    } else if (!scene.run.voteSteps.has(number)) {
      drawStep(drawing, step.kind, x, y);
    }
    if (number === scene.cursor) ring(drawing, x, y);
  }
  context.globalAlpha = 1;
}

function drawStep(drawing: Drawing, kind: string, x: number, y: number) {
  const { context } = drawing;
  context.fillStyle = context.strokeStyle = colour(drawing, '--ink');
  context.lineWidth = 1.4;
  context.beginPath();
  switch (kind) {
    case 'crash':
      context.lineWidth = 2.4;
      context.moveTo(x - 5, y - 5);
      context.lineTo(x + 5, y + 5);
      context.moveTo(x - 5, y + 5);
      context.lineTo(x + 5, y - 5);
      context.stroke();
      return;
    case 'restart':
      context.moveTo(x - 3, y - 6);
      context.lineTo(x + 6, y);
      context.lineTo(x - 3, y + 6);
      context.fill();
      return;
    case 'finish_write': // a drum, as disks are drawn
      context.rect(x - 3.5, y + 4, 7, 7);
      context.moveTo(x - 3.5, y + 7.5);
      context.lineTo(x + 3.5, y + 7.5);
      context.stroke();
      return;
    case 'fire': // a clock
      context.arc(x, y, 4.5, 0, 2 * Math.PI);
      context.moveTo(x, y - 3);
      context.lineTo(x, y);
      context.lineTo(x + 2.5, y);
      context.stroke();
      return;
    case 'skew':
    case 'pause':
    case 'resume':
      context.rect(x - 4, y - 5, 2.6, 10);
      context.rect(x + 1.4, y - 5, 2.6, 10);
      context[kind === 'pause' ? 'fill' : 'stroke']();
      return;
    default:
      context.arc(x, y, 2, 0, 2 * Math.PI);
      context.fill();
  }
}

function ring(drawing: Drawing, x: number, y: number) {
  const { context } = drawing;
  context.strokeStyle = colour(drawing, '--ink');
  context.lineWidth = 1.6;
  context.beginPath();
  context.arc(x, y, 13, 0, 2 * Math.PI);
  context.stroke();
}

const inView = (drawing: Drawing, x: number) =>
  x >= drawing.layout.gutter - 12 && x <= drawing.layout.width + 12;
const isShown = (drawing: Drawing, step: number) =>
  Number.isInteger(drawing.scene.shown.columns[step]);

/** Whatever is filtered out, the quorums of the contradiction stay. */
const isChoiceShown = (drawing: Drawing, choice: Choice) =>
  choice.isInContradiction || isShown(drawing, choice.step);

/** The steps from one edge of the picture to the other. */
function stepsInView({ layout, scene }: Drawing): [number, number] {
  const { steps } = scene.shown;
  return [layout.firstColumn === 0 ? 0 : steps[layout.firstColumn]!, steps[layout.lastColumn]! + 1];
}

/** Choices whose moment is in view, and those of the contradiction, whose votes may be. */
function choicesInView(drawing: Drawing): Choice[] {
  const { choices } = drawing.scene.run.landmarks;
  const near = drawing.layout.columnWidth < marksFrom ? [] : between(choices, ...stepsInView(drawing));
  const all = [...near, ...choices.filter((choice) => choice.isInContradiction && !near.includes(choice))];
  return all.filter((choice) => isChoiceShown(drawing, choice));
}

export function drawVotes(drawing: Drawing) {
  const { votes, learnings } = drawing.scene.run.landmarks;
  const [first, last] = stepsInView(drawing);
  const ofQuorums = choicesInView(drawing).flatMap((choice) => choice.votes);
  if (drawing.layout.columnWidth < marksFrom) {
    drawVoteTicks(drawing, between(votes, first, last));
    drawVoteMarks(drawing, ofQuorums);
    return;
  }
  for (const { step, node, value } of between(learnings, first, last)) {
    if (isShown(drawing, step)) drawLandmark(drawing, { step, node, value, text: `learns ${value}` }, false);
  }
  const shown = between(votes, first, last).filter(({ step }) => isShown(drawing, step));
  drawVoteMarks(drawing, new Set([...shown, ...ofQuorums]));
  drawing.context.globalAlpha = 1;
}

function drawVoteMarks(drawing: Drawing, votes: Iterable<Vote>) {
  for (const vote of votes) drawLandmark(drawing, vote, true);
  drawing.context.globalAlpha = 1;
}

function drawLandmark(drawing: Drawing, { step, node, value, text }: Vote, isVote: boolean) {
  const { context, layout, scene, labels } = drawing;
  const lane = scene.laneOf.get(node);
  const x = xOf(drawing, step);
  if (lane === undefined || !inView(drawing, x)) return;
  const y = yOf(layout, lane);
  context.globalAlpha = alphaOf(scene, step);
  drawValue(drawing, value, x, y, isVote ? 7 : 5, isVote);
  labels.reserve(x - 8, y - 8, x + 8, y + 8);
  if (layout.columnWidth >= 9) labels.tryPlace(text, x, y + 18, colour(drawing, '--ink'), true);
}

/** Where there is no room for shapes: one tick of the value's colour for each pixel. */
function drawVoteTicks(drawing: Drawing, votes: Vote[]) {
  const { context, layout, scene } = drawing;
  const lastPixel = new Map<number, number>();
  for (const { step, node, value } of votes) {
    const lane = scene.laneOf.get(node);
    const pixel = Math.floor(xOf(drawing, step));
    if (lane === undefined || !isShown(drawing, step) || lastPixel.get(lane) === pixel) continue;
    lastPixel.set(lane, pixel);
    context.globalAlpha = alphaOf(scene, step);
    context.fillStyle = colour(drawing, lookOf(value).colour);
    context.fillRect(pixel, yOf(layout, lane) - 7, 2, 14);
  }
}

/** A choice is a bar down through the lanes at its moment, with a line to the vote of each node of the
 *  quorum: both quorums of a contradiction are seen at once. */
export function drawChoices(drawing: Drawing) {
  for (const choice of choicesInView(drawing)) drawChoice(drawing, choice);
  drawing.context.globalAlpha = 1;
}

function drawChoice(drawing: Drawing, choice: Choice) {
  const { context, layout, scene, labels } = drawing;
  const lanes = choice.quorum.flatMap((node) => scene.laneOf.get(node) ?? []);
  const x = xOf(drawing, choice.step);
  if (lanes.length === 0) return;
  context.globalAlpha = alphaOf(scene, choice.step);
  context.strokeStyle = colour(drawing, lookOf(choice.value).colour);
  context.lineWidth = choice.isInContradiction ? 3 : 1.6;
  const bracket = x + Math.min(16, Math.max(10, layout.columnWidth / 2));
  const ys = lanes.map((lane) => yOf(layout, lane));
  context.beginPath();
  for (const y of ys) {
    context.moveTo(bracket - 8, y);
    context.lineTo(bracket, y);
  }
  context.moveTo(bracket, 30);
  context.lineTo(bracket, Math.max(...ys));
  context.stroke();
  for (const vote of choice.votes) {
    const lane = scene.laneOf.get(vote.node);
    if (lane === undefined) continue;
    context.beginPath();
    context.arc(xOf(drawing, vote.step), yOf(layout, lane), 11, 0, 2 * Math.PI);
    context.stroke();
  }
  if (inView(drawing, bracket)) {
    const text = `${choice.value} chosen in ${choice.ballot}`;
    labels.tryPlace(text, bracket, 24, colour(drawing, '--ink'), true);
  }
}

/** What the network alone does, or a cut: at the lanes concerned. */
export function drawLinks(drawing: Drawing) {
  const { context, layout, scene, labels } = drawing;
  if (layout.columnWidth < marksFrom) return;
  for (let column = layout.firstColumn; column <= layout.lastColumn; ++column) {
    const number = scene.shown.steps[column]!;
    const step = scene.run.chronicle.steps[number]!;
    if (step.kind !== 'cut' && step.kind !== 'heal') continue;
    const lanes = [...(step.cut_from ?? []), ...(step.cut_to ?? [])].flatMap(
      (name) => scene.laneOf.get(name) ?? [],
    );
    if (lanes.length === 0) continue;
    const x = layout.x(column);
    context.globalAlpha = alphaOf(scene, number);
    context.strokeStyle = colour(drawing, '--quiet');
    context.lineWidth = 1;
    context.setLineDash([3, 3]);
    context.beginPath();
    context.moveTo(x, yOf(layout, Math.min(...lanes)));
    context.lineTo(x, yOf(layout, Math.max(...lanes)));
    context.stroke();
    context.setLineDash([]);
    labels.tryPlace(step.kind, x, yOf(layout, Math.max(...lanes)) + 14, colour(drawing, '--quiet'));
  }
  context.globalAlpha = 1;
}
