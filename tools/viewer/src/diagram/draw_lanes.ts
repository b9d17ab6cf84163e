// What lies behind everything else: the lanes, where nodes were down or paused, and the cuts.
import { yOf } from './layout';
import { colour, xOf, type Drawing } from './scene';

function line({ context }: Drawing, from: number, to: number, y: number) {
  context.beginPath();
  context.moveTo(from, y);
  context.lineTo(to, y);
  context.stroke();
}

/** A crash leaves a gap, a pause a dotted line. */
export function drawLanes(drawing: Drawing) {
  const { context, layout, scene } = drawing;
  const { run, shown } = scene;
  context.lineWidth = 1;
  shown.lanes.forEach((name, lane) => {
    const y = yOf(layout, lane);
    const isClient = run.chronicle.clients?.includes(name) ?? false;
    context.strokeStyle = colour(drawing, isClient ? '--line' : '--quiet');
    context.setLineDash(isClient ? [1, 3] : []);
    let from = layout.gutter;
    for (const span of run.nodeSpans) {
      if (span.node !== name) continue;
      const begin = Math.max(layout.gutter, xOf(drawing, span.from));
      const end = span.to >= shown.columns.length ? layout.width : xOf(drawing, span.to);
      if (end < layout.gutter || begin > layout.width) continue;
      line(drawing, from, begin, y);
      if (span.kind === 'paused') {
        context.setLineDash([2, 4]);
        line(drawing, begin, end, y);
        context.setLineDash([]);
      }
      from = Math.max(from, end);
    }
    if (from < layout.width) line(drawing, from, layout.width, y);
  });
  context.setLineDash([]);
}

/** The spaces between the lanes that cut links cross. */
export function drawCuts(drawing: Drawing) {
  const { context, layout, scene } = drawing;
  const count = scene.shown.columns.length;
  context.fillStyle = colour(drawing, '--band');
  for (const { gap, from, to } of scene.gaps) {
    const begin = Math.max(layout.gutter, xOf(drawing, from));
    const end = Math.min(layout.width, to >= count ? layout.width : xOf(drawing, to));
    if (end - begin >= 1)
      hatch(drawing, begin, end, yOf(layout, gap) + 5, yOf(layout, gap + 1) - 5);
  }
}

function hatch({ context }: Drawing, left: number, right: number, top: number, bottom: number) {
  context.fillRect(left, top, right - left, bottom - top);
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  context.strokeStyle = context.fillStyle;
  context.lineWidth = 1;
  context.beginPath();
  const height = bottom - top;
  for (let x = left - height - ((left - height) % 8); x < right; x += 8) {
    context.moveTo(x, bottom);
    context.lineTo(x + height, top);
  }
  context.stroke();
  context.restore();
}

/** The contradiction, as with a highlighter: its column, and the steps that it is made of. And the
 *  columns of what a sentence tells of. */
export function drawColumns(drawing: Drawing) {
  const { context, layout, scene } = drawing;
  const { violation } = scene.run.landmarks;
  if (violation !== null) {
    const x = xOf(drawing, violation);
    const half = Math.max(5, Math.min(layout.columnWidth / 2, 14));
    context.fillStyle = colour(drawing, '--mark-band');
    context.fillRect(x - half, 18, half * 2, layout.axis - 18);
  }
  for (const step of scene.run.landmarks.violation === null ? [] : scene.run.evidence) {
    const lane = scene.laneOf.get(scene.run.chronicle.steps[step]!.actor ?? '');
    if (lane === undefined) continue;
    context.fillStyle = colour(drawing, '--mark');
    context.beginPath();
    context.arc(xOf(drawing, step), yOf(layout, lane), 15, 0, 2 * Math.PI);
    context.fill();
  }
  if (scene.found !== null) {
    context.fillStyle = colour(drawing, '--faint');
    for (const step of scene.found) {
      const half = Math.max(2, Math.min(layout.columnWidth / 2, 9));
      context.fillRect(xOf(drawing, step) - half, 18, half * 2, layout.axis - 18);
    }
  }
}
