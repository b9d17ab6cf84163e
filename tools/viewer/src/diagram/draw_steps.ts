// What happens on the lanes: timers, disks, crashes; and cuts, at the lanes concerned.
import { yOf } from './layout';
import { alphaOf, colour, marksFrom, type Drawing } from './scene';

/** No label covers the mark of a step. */
export function reserveSteps({ layout, scene, labels }: Drawing) {
  if (layout.columnWidth < marksFrom) return;
  const { run, shown } = scene;
  for (let column = layout.firstColumn; column <= layout.lastColumn; ++column) {
    const number = shown.steps[column]!;
    const { actor, kind } = run.chronicle.steps[number]!;
    const lane = scene.laneOf.get(actor ?? '');
    if (lane === undefined) continue;
    const x = layout.x(column);
    const y = yOf(layout, lane);
    const bottom = kind === 'finish_write' ? y + 11 : y + 7;
    labels.reserve(x - 7, y - 7, x + 7, bottom);
    if (run.downSteps.has(number)) labels.reserve(x - 7, y - 7, x + 20, y + 7);
    if (number === scene.cursor) labels.reserve(x - 13, y - 13, x + 13, y + 13);
  }
}

/** One small mark for each step in view; where there is no room, one tick for each pixel. */
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
    } else {
      const isDown = scene.run.downSteps.has(number);
      const isCrash = isDown && step.kind === 'crash';
      if (!scene.run.voteSteps.has(number) && !isCrash) drawStep(drawing, step.kind, x, y);
      if (isDown) cross(drawing, isCrash ? x : x + 14, y, 5, 2.4);
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
    case 'crash': // due, but not come yet
      cross(drawing, x, y, 3, 1.2);
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

function cross({ context, theme }: Drawing, x: number, y: number, r: number, width: number) {
  context.strokeStyle = theme.colours['--ink']!;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(x - r, y - r);
  context.lineTo(x + r, y + r);
  context.moveTo(x - r, y + r);
  context.lineTo(x + r, y - r);
  context.stroke();
}

function ring(drawing: Drawing, x: number, y: number) {
  const { context } = drawing;
  context.strokeStyle = colour(drawing, '--ink');
  context.lineWidth = 1.6;
  context.beginPath();
  context.arc(x, y, 13, 0, 2 * Math.PI);
  context.stroke();
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
    labels.tryPlace(step.kind, x, yOf(layout, Math.max(...lanes)) + 18, colour(drawing, '--quiet'));
  }
  context.globalAlpha = 1;
}
