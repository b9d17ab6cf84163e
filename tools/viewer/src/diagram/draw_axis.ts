// The time below, and the curve of what-if under it; the names of the lanes at the left.
import { scaleLinear } from 'd3-scale';
import { fitted } from './labels';
import { yOf } from './layout';
import { colour, xOf, type Drawing } from './scene';

const labelWidth = 58;

/** Columns are steps; below them stands their time. */
export function drawAxis(drawing: Drawing) {
  const { context, layout, scene, theme, labels } = drawing;
  const y = layout.axis + 4;
  context.strokeStyle = colour(drawing, '--line');
  context.fillStyle = colour(drawing, '--quiet');
  context.lineWidth = 1;
  context.font = `10px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  const every = Math.max(1, Math.ceil(labelWidth / layout.columnWidth));
  const first = Math.ceil(layout.firstColumn / every) * every;
  for (let column = first; column <= layout.lastColumn; column += every) {
    const x = layout.x(column);
    const text = `t ${scene.run.chronicle.steps[scene.shown.steps[column]!]!.at}`;
    const half = context.measureText(text).width / 2;
    if (x < layout.gutter + half || x > layout.width - half) continue;
    const box = { left: x - half, top: y, right: x + half, bottom: y + 14 };
    if (!labels.tryReserve(box)) continue;
    context.beginPath();
    context.moveTo(x, y - 4);
    context.lineTo(x, y);
    context.stroke();
    context.fillText(text, x, y + 2);
  }
}

/** How often the violation still comes, drawn anew after each step; the critical step is named. */
export function drawCurve(drawing: Drawing) {
  const { context, layout, scene } = drawing;
  const { whatIf } = scene;
  if (!whatIf || !layout.curve) return;
  const y = scaleLinear().domain([0, 1]).range([layout.curve.bottom, layout.curve.top]);
  context.strokeStyle = colour(drawing, '--line');
  context.lineWidth = 1;
  context.beginPath();
  for (const part of [0, 1]) {
    context.moveTo(layout.gutter, y(part));
    context.lineTo(layout.width, y(part));
  }
  context.stroke();
  const points = whatIf.curve.filter(({ step }) => {
    const x = xOf(drawing, step);
    return (
      x >= layout.gutter - 2 * layout.columnWidth && x <= layout.width + 2 * layout.columnWidth
    );
  });
  context.strokeStyle = colour(drawing, '--blue');
  context.lineWidth = 2;
  context.beginPath();
  points.forEach(({ step, violated, samples }, i) => {
    context[i === 0 ? 'moveTo' : 'lineTo'](
      xOf(drawing, step),
      y(samples > 0 ? violated / samples : 0),
    );
  });
  context.stroke();
  drawCritical(drawing, whatIf.critical_step);
}

function drawCritical(drawing: Drawing, step: number | undefined) {
  const { context, layout, theme } = drawing;
  const x = step === undefined ? -1 : xOf(drawing, step);
  if (layout.curve && x >= layout.gutter && x <= layout.width) {
    context.setLineDash([2, 2]);
    context.strokeStyle = colour(drawing, '--ink');
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, 30);
    context.lineTo(x, layout.curve.bottom);
    context.stroke();
    context.setLineDash([]);
    const isLeft = x > layout.width / 2;
    context.fillStyle = colour(drawing, '--ink');
    context.font = `600 11px ${theme.font}`;
    context.textAlign = isLeft ? 'right' : 'left';
    context.textBaseline = 'middle';
    context.strokeStyle = colour(drawing, '--paper');
    context.lineWidth = 4;
    const at = x + (isLeft ? -6 : 6);
    const y = layout.curve.bottom - 9;
    context.strokeText('critical step', at, y);
    context.fillText('critical step', at, y);
  }
}

export function drawGutter(drawing: Drawing) {
  const { context, layout, scene, theme } = drawing;
  context.fillStyle = colour(drawing, '--paper');
  context.fillRect(0, 0, layout.gutter - 2, layout.height);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = colour(drawing, '--ink');
  context.font = `600 13px ${theme.font}`;
  scene.shown.lanes.forEach((name, lane) => {
    context.fillText(fitted(context, name, layout.gutter - 8), 4, yOf(layout, lane));
  });
  context.font = `10px ${theme.font}`;
  context.fillStyle = colour(drawing, '--quiet');
  context.fillText('time', 4, layout.axis + 11);
  if (layout.curve) {
    context.fillText('100 %', 4, layout.curve.top, layout.gutter - 6);
    context.fillText('0 %', 4, layout.curve.bottom, layout.gutter - 6);
  }
}
