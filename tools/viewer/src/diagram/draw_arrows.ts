// Messages. The dash is the kind, colour and head are the round (message_looks.ts); a head where one
// is delivered, a cross where it is lost, a ring where it is still on its way; double when doubled.
import { headOutline } from '../message_looks';
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
  const { context } = drawing;
  context.strokeStyle = context.fillStyle = colour(drawing, arrow.look.colour);
  context.lineWidth = isCurrent ? 2.6 : 1.5;
  context.setLineDash(arrow.look.dash);
  const line = lineOf(drawing, arrow);
  if (arrow.fromLane === arrow.toLane) {
    drawLoop(drawing, arrow, line);
    return;
  }
  stroke(drawing, line, arrow.isCopy ? 1.9 : 0);
  if (arrow.isCopy) stroke(drawing, line, -1.9);
  context.setLineDash([]);
  drawEnd(drawing, arrow, line.x1, line.y1, Math.atan2(line.y1 - line.y0, line.x1 - line.x0));
}

/** To the sender itself: a bow over its lane. */
function drawLoop(drawing: Drawing, arrow: Arrow, { x0, y0, x1, y1 }: Line) {
  const { context, layout } = drawing;
  const lift = Math.min(20, layout.laneHeight * 0.35);
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(x0 + 3, y0 - lift, x1 - 3, y0 - lift, x1, y1);
  context.stroke();
  context.setLineDash([]);
  if (arrow.fate === 'delivered') drawEnd(drawing, arrow, x1, y1, Math.PI / 2.6);
  else drawEnd(drawing, arrow, x1, y0 - lift / 2, 0);
}

function drawEnd(drawing: Drawing, arrow: Arrow, x: number, y: number, angle: number) {
  const { context } = drawing;
  if (arrow.fate === 'lost') return lostMark(drawing, x, y);
  if (arrow.fate === 'delivered') return head(drawing, arrow, x, y, angle);
  context.beginPath();
  context.arc(x, y, 3, 0, 2 * Math.PI);
  context.fillStyle = colour(drawing, '--paper');
  context.fill();
  return context.stroke();
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

function head(drawing: Drawing, { look }: Arrow, x: number, y: number, angle: number) {
  const { context } = drawing;
  const { path, isFilled } = headOutline(look.head);
  const outline = new Path2D(path);
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.lineWidth = 1.5;
  if (look.head === 'hollow') context.fillStyle = colour(drawing, '--paper');
  if (look.head !== 'open') context.fill(outline);
  if (!isFilled) context.stroke(outline);
  context.restore();
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
