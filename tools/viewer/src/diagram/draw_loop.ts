// A run that goes round for ever: its last steps lead back to where they began.
import { colour, xOf, type Drawing } from './scene';

/** An arrow below the axis, from the end of the lap back to its beginning. */
export function drawLoop(drawing: Drawing) {
  const { context, layout, scene, labels } = drawing;
  const { loop = 0, steps } = scene.run.chronicle;
  if (loop === 0) return;
  const from = xOf(drawing, steps.length - loop) - layout.columnWidth / 2;
  const to = xOf(drawing, steps.length - 1) + layout.columnWidth / 2;
  if (to < layout.gutter || from > layout.width) return;
  const y = layout.axis - 8;
  context.strokeStyle = colour(drawing, '--ink');
  context.fillStyle = colour(drawing, '--ink');
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(to, y + 6);
  context.lineTo(to, y);
  context.lineTo(from, y);
  context.lineTo(from, y + 6);
  context.stroke();
  context.beginPath(); // where it begins again
  context.moveTo(from, y + 8);
  context.lineTo(from - 4, y + 1);
  context.lineTo(from + 4, y + 1);
  context.fill();
  const middle = (Math.max(from, layout.gutter) + Math.min(to, layout.width)) / 2;
  const text = `↻ these ${loop.toLocaleString('en')} steps again and again, for ever`;
  const places = [y - 8, 9, 26, 43]; // at the bracket, or else above all lanes
  places.some((at) => labels.tryPlace(text, middle, at, colour(drawing, '--ink'), true));
}
