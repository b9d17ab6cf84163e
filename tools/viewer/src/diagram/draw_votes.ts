// What stands out: votes on disk, what nodes learned, and the choices that quorums made.
import { between, type Choice, type Vote } from '../landmarks';
import { lookOf, outline } from '../values';
import { yOf } from './layout';
import { alphaOf, colour, marksFrom, xOf, type Drawing } from './scene';

/** The shape of a value, filled when it is a vote on disk, hollow when it is only learned. */
export function drawValue(
  drawing: Drawing,
  value: string,
  x: number,
  y: number,
  r: number,
  isFilled: boolean,
) {
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
  const near =
    drawing.layout.columnWidth < marksFrom ? [] : between(choices, ...stepsInView(drawing));
  const all = [
    ...near,
    ...choices.filter((choice) => choice.isInContradiction && !near.includes(choice)),
  ];
  return all.filter((choice) => isChoiceShown(drawing, choice));
}

/** Whose steps may be filtered out. */
export function reserveQuorums(drawing: Drawing) {
  const { layout, scene, labels } = drawing;
  for (const { step, node } of choicesInView(drawing).flatMap(({ votes }) => votes)) {
    const lane = scene.laneOf.get(node);
    if (lane === undefined) continue;
    const [x, y] = [xOf(drawing, step), yOf(layout, lane)];
    labels.reserve(x - 12, y - 12, x + 12, y + 12);
  }
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
  const shownLearnings = between(learnings, first, last).filter(
    ({ step }) => isShown(drawing, step) && !drawing.scene.run.voteSteps.has(step),
  );
  for (const { step, node, value } of shownLearnings) {
    drawLandmark(drawing, { step, node, value, text: `learns ${value}` }, false);
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
  if (layout.columnWidth < 9) return;
  const ink = colour(drawing, '--ink');
  if (y + 25 > layout.axis || !labels.tryPlace(text, x, y + 18, ink, true))
    labels.tryPlace(text, x, y - 18, ink, true);
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
  const lanes = choice.votes.flatMap(({ node }) => scene.laneOf.get(node) ?? []);
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
