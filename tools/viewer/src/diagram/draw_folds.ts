// What takes no room: steps that are folded away, and time in which nothing happens. And which steps
// are there again in the other run.
import { yOf } from './layout';
import { colour, xOf, type Drawing } from './scene';

const breaksFrom = 9; // pixels a column

/** A break through all lanes, with the number of steps that are folded there. */
export function drawFolds(drawing: Drawing) {
  const { context, layout, scene, labels } = drawing;
  for (const { column, count } of scene.shown.folds) {
    const x = layout.x(column);
    if (x < layout.gutter || x > layout.width) continue;
    context.strokeStyle = colour(drawing, '--quiet');
    context.lineWidth = 1;
    context.setLineDash([1, 4]);
    context.beginPath();
    context.moveTo(x, 18);
    context.lineTo(x, layout.axis);
    context.stroke();
    context.setLineDash([]);
    if (layout.columnWidth < breaksFrom) continue;
    scene.shown.lanes.forEach((_, lane) => lineBreak(drawing, x, yOf(layout, lane)));
    labels.tryPlace(`… ${count.toLocaleString('en')} steps`, x, 9, colour(drawing, '--ink'));
  }
}

/** Where the run waits for long, and nothing at all happens: the axis is broken there. */
export function drawWaits(drawing: Drawing) {
  const { layout, scene, labels } = drawing;
  const { steps } = scene.run.chronicle;
  if (layout.columnWidth < breaksFrom) return;
  for (let column = layout.firstColumn + 1; column <= layout.lastColumn; ++column) {
    const step = scene.shown.steps[column]!;
    const ticks = steps[step]!.at - (steps[step - 1]?.at ?? 0);
    if (ticks < scene.run.waitMin) continue;
    const x = layout.x(column - 0.5);
    if (x < layout.gutter) continue;
    lineBreak(drawing, x, layout.axis);
    labels.tryPlace(
      `${ticks.toLocaleString('en')} idle`,
      x,
      layout.axis + 12,
      colour(drawing, '--quiet'),
    );
  }
}

/** Two strokes, and no line between them. */
function lineBreak(drawing: Drawing, x: number, y: number) {
  const { context, labels } = drawing;
  context.fillStyle = colour(drawing, '--paper');
  context.strokeStyle = colour(drawing, '--quiet');
  context.fillRect(x - 2, y - 3, 4, 6);
  context.lineWidth = 1;
  context.beginPath();
  for (const aside of [-2, 2]) {
    context.moveTo(x + aside - 2, y + 5);
    context.lineTo(x + aside + 2, y - 5);
  }
  context.stroke();
  labels.reserve(x - 4, y - 5, x + 4, y + 5);
}

/** A bar on the axis below each step that is there again in the other run. */
export function drawSurvivors(drawing: Drawing) {
  const { context, layout, scene } = drawing;
  const { counterpart } = scene.run;
  if (counterpart === null) return;
  const width = Math.max(1, Math.min(9, layout.columnWidth - 3));
  context.fillStyle = colour(drawing, '--ink');
  for (let column = layout.firstColumn; column <= layout.lastColumn; ++column) {
    const step = scene.shown.steps[column]!;
    if (counterpart.steps[step]! < 0) continue;
    context.fillRect(xOf(drawing, step) - width / 2, layout.axis, width, 4);
  }
}
