// Messages: whole when delivered, broken when lost, double when doubled, a stub when still in flight.
import { shortLabel, type Arrow } from './arrows';
import { yOf } from './layout';
import { alphaOf, colour, type Drawing } from './scene';

const labelsMax = 220;
const lostAfter = 0.62; // of the way

interface Line {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

function lineOf({ layout }: Drawing, arrow: Arrow): Line {
  const line = {
    x0: layout.x(arrow.from),
    y0: yOf(layout, arrow.fromLane),
    x1: layout.x(arrow.to),
    y1: yOf(layout, arrow.toLane),
  };
  if (arrow.fate === 'delivered') return line;
  const part = arrow.fate === 'lost' ? lostAfter : 0.4;
  line.y1 = line.y0 + (line.y1 - line.y0) * part;
  return line;
}

export function drawArrows(drawing: Drawing, arrows: Arrow[]) {
  const { scene } = drawing;
  for (const arrow of arrows) {
    drawing.context.globalAlpha =
      alphaOf(scene, arrow.end) * (arrow.fate === 'in flight' ? 0.5 : 1);
    drawArrow(drawing, arrow, arrow.end === scene.cursor && arrow.fate !== 'in flight');
  }
  drawing.context.globalAlpha = 1;
}

function drawArrow(drawing: Drawing, arrow: Arrow, isCurrent: boolean) {
  const { context, layout } = drawing;
  context.strokeStyle = context.fillStyle = colour(drawing, '--ink');
  context.lineWidth = isCurrent ? 2.2 : 1.1;
  context.setLineDash(arrow.fate === 'delivered' ? [] : arrow.fate === 'lost' ? [5, 4] : [1, 3]);
  const line = lineOf(drawing, arrow);
  if (arrow.fromLane === arrow.toLane) {
    const lift = Math.min(20, layout.laneHeight * 0.35);
    context.beginPath();
    context.moveTo(line.x0, line.y0);
    context.bezierCurveTo(
      line.x0 + 3,
      line.y0 - lift,
      line.x1 - 3,
      line.y0 - lift,
      line.x1,
      line.y1,
    );
    context.stroke();
    context.setLineDash([]);
    if (arrow.fate === 'delivered') head(drawing, line.x1, line.y1, Math.PI / 2.6);
    if (arrow.fate === 'lost') lostMark(drawing, line.x1, line.y0 - lift / 2);
    return;
  }
  stroke(drawing, line, arrow.isCopy ? 1.7 : 0);
  if (arrow.isCopy) stroke(drawing, line, -1.7);
  context.setLineDash([]);
  const angle = Math.atan2(line.y1 - line.y0, line.x1 - line.x0);
  if (arrow.fate === 'delivered') head(drawing, line.x1, line.y1, angle);
  if (arrow.fate === 'lost') lostMark(drawing, line.x1, line.y1);
}

function stroke({ context }: Drawing, { x0, y0, x1, y1 }: Line, aside: number) {
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  const dx = (-(y1 - y0) / length) * aside;
  const dy = ((x1 - x0) / length) * aside;
  context.beginPath();
  context.moveTo(x0 + dx, y0 + dy);
  context.lineTo(x1 + dx, y1 + dy);
  context.stroke();
}

function head({ context }: Drawing, x: number, y: number, angle: number) {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - 8 * Math.cos(angle - 0.36), y - 8 * Math.sin(angle - 0.36));
  context.lineTo(x - 8 * Math.cos(angle + 0.36), y - 8 * Math.sin(angle + 0.36));
  context.fill();
}

function lostMark({ context }: Drawing, x: number, y: number) {
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x - 4, y - 4);
  context.lineTo(x + 4, y + 4);
  context.moveTo(x - 4, y + 4);
  context.lineTo(x + 4, y - 4);
  context.stroke();
}

/** The cursor's message first, then what it follows from, then the rest. */
export function labelArrows(drawing: Drawing, arrows: Arrow[]) {
  const { context, layout, scene, labels } = drawing;
  if (layout.columnWidth < 9) return;
  const rank = (arrow: Arrow) =>
    arrow.end === scene.cursor && arrow.fate !== 'in flight'
      ? 0
      : alphaOf(scene, arrow.end) === 1
        ? 1
        : 2;
  const ordered = [...arrows].sort((a, b) => rank(a) - rank(b) || b.end - a.end);
  for (const arrow of ordered.slice(0, labelsMax)) {
    const line = lineOf(drawing, arrow);
    const message = scene.run.chronicle.messages[arrow.message]!;
    const text = shortLabel(message.type, message.fields);
    const isSelf = arrow.fromLane === arrow.toLane;
    const isCurrent = rank(arrow) === 0;
    context.globalAlpha = alphaOf(scene, arrow.end);
    const ink = colour(drawing, isCurrent ? '--ink' : '--quiet');
    for (const along of [0.5, 0.36, 0.64, 0.25]) {
      const x = line.x0 + (line.x1 - line.x0) * along;
      const y = isSelf ? line.y0 - 21 : line.y0 + (line.y1 - line.y0) * along;
      if (x < layout.gutter || x > layout.width) continue;
      if (labels.tryPlace(text, x, y, ink, isCurrent)) break;
    }
  }
  context.globalAlpha = 1;
}
