// The space-time diagram: only what is in view, back to front.
import { Labels } from './labels';
import type { Layout } from './layout';
import { drawArrows, labelArrows } from './draw_arrows';
import { drawAxis, drawCurve, drawGutter, drawLeftOut } from './draw_axis';
import { drawColumns, drawCuts, drawLanes } from './draw_lanes';
import { drawLinks, drawSteps } from './draw_steps';
import { drawChoices, drawVotes } from './draw_votes';
import { colour, xOf, type Drawing, type Scene } from './scene';
import type { Theme } from './theme';

const columnsMax = 4000; // the arrows of more would be a grey area

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
    const arrows = isCrowded ? [] : scene.arrows.inView(layout.firstColumn, layout.lastColumn);
    drawCuts(drawing);
    drawColumns(drawing);
    drawLanes(drawing);
    drawArrows(drawing, arrows);
    drawSteps(drawing);
    drawLinks(drawing);
    drawChoices(drawing);
    drawVotes(drawing);
    labelArrows(drawing, arrows);
    drawCursor(drawing);
    drawAxis(drawing);
    drawLeftOut(drawing);
    drawCurve(drawing);
    drawViolation(drawing);
  }
  drawGutter(drawing);
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
function drawViolation(drawing: Drawing) {
  const { context, layout, scene, theme } = drawing;
  const { violation } = scene.run.landmarks;
  if (violation === null) return;
  const x = xOf(drawing, violation);
  if (x < layout.gutter || x > layout.width + 20) return;
  const text = `violated: ${scene.run.chronicle.finding?.property ?? ''}`;
  context.font = `600 11px ${theme.font}`;
  const width = context.measureText(text).width + 10;
  const left = Math.max(layout.gutter, Math.min(x - width / 2, layout.width - width));
  context.fillStyle = colour(drawing, '--mark');
  context.fillRect(left, 0, width, 16);
  context.fillStyle = colour(drawing, '--mark-ink');
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(text, left + 5, 8.5);
}
