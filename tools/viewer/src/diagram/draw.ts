// The space-time diagram: only what is in view, back to front.
import { fitted, Labels } from './labels';
import type { Layout } from './layout';
import type { Arrow } from './arrows';
import { drawArrows, labelArrows } from './draw_arrows';
import { drawAxis, drawCurve, drawGutter } from './draw_axis';
import { drawFolds, drawSurvivors, drawWaits } from './draw_folds';
import { drawColumns, drawCuts, drawLanes } from './draw_lanes';
import { drawLinks, drawSteps, reserveSteps } from './draw_steps';
import { drawLoop } from './draw_loop';
import { drawChoices, drawVotes, reserveQuorums } from './draw_votes';
import { colour, xOf, type Drawing, type Scene } from './scene';
import type { Theme } from './theme';

const columnsMax = 4000; // the arrows of more would be a grey area
const arrowsMax = 4000; // so would more of them

export function draw(
  context: CanvasRenderingContext2D,
  scene: Scene,
  layout: Layout,
  theme: Theme,
) {
  const labels = new Labels(
    context,
    theme.font,
    theme.colours['--paper']!,
    layout.gutter,
    layout.width,
  );
  const drawing: Drawing = { context, scene, layout, theme, labels };
  context.fillStyle = colour(drawing, '--paper');
  context.fillRect(0, 0, layout.width, layout.height);
  if (scene.shown.steps.length > 0) {
    const isCrowded = layout.lastColumn - layout.firstColumn > columnsMax;
    const arrows = isCrowded ? [] : arrowsInView(scene, layout);
    reserveSteps(drawing);
    reserveQuorums(drawing);
    drawCuts(drawing);
    drawColumns(drawing);
    drawLanes(drawing);
    drawArrows(drawing, arrows);
    drawSteps(drawing);
    drawStop(drawing, drawViolation(drawing));
    drawFolds(drawing);
    drawLinks(drawing);
    drawChoices(drawing);
    drawVotes(drawing);
    labelArrows(drawing, arrows);
    drawLoop(drawing);
    drawCursor(drawing);
    drawWaits(drawing);
    drawAxis(drawing);
    drawSurvivors(drawing);
    drawCurve(drawing);
  }
  drawGutter(drawing);
}

/** The latest, where they are too many, and always those of the cursor's step. */
function arrowsInView({ arrows, cursor }: Scene, layout: Layout): Arrow[] {
  const all = arrows.inView(layout.firstColumn, layout.lastColumn);
  return all.filter(({ end }, i) => all.length - i <= arrowsMax || end === cursor);
}

function drawCursor(drawing: Drawing) {
  const { context, layout, scene } = drawing;
  const x = xOf(drawing, scene.cursor);
  context.fillStyle = colour(drawing, '--ink');
  context.beginPath();
  context.moveTo(x - 5, layout.axis + 1);
  context.lineTo(x + 5, layout.axis + 1);
  context.lineTo(x, layout.axis - 6);
  context.fill();
}

/** In words, on the highlighter: what the band below it is. */
function drawViolation(drawing: Drawing): number {
  const { chronicle, landmarks } = drawing.scene.run;
  if (landmarks.violation === null) return drawing.layout.width;
  return drawFlag(drawing, landmarks.violation, `violated: ${chronicle.finding?.property ?? ''}`, {
    back: '--mark',
    ink: '--mark-ink',
  });
}

/** Where a run that got stuck brought something new for the last time. */
function drawStop(drawing: Drawing, right: number) {
  const { lastProgress } = drawing.scene.run.landmarks;
  if (lastProgress === null) return;
  const look = { back: '--ink', ink: '--paper' };
  drawFlag(drawing, lastProgress, 'progress stops', look, right - 3);
}

/** Its left edge, or that of nothing. */
function drawFlag(
  drawing: Drawing,
  step: number,
  wanted: string,
  { back, ink }: { back: string; ink: string },
  right = drawing.layout.width,
): number {
  const { context, layout, theme, labels } = drawing;
  const x = xOf(drawing, step);
  if (x < layout.gutter || x > layout.width + 20) return layout.width;
  context.font = `600 11px ${theme.font}`;
  const text = fitted(context, wanted, layout.width - layout.gutter - 10);
  const width = context.measureText(text).width + 10;
  const left = Math.max(layout.gutter, Math.min(x - width / 2, right - width));
  labels.reserve(left, 0, left + width, 16);
  context.fillStyle = colour(drawing, back);
  context.fillRect(left, 0, width, 16);
  context.fillStyle = colour(drawing, ink);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(text, left + 5, 8.5);
  return left;
}
