// From a point on the canvas to what is drawn there.
import type { Layout } from './layout';
import { yOf } from './layout';
import type { Scene } from './scene';

/** The folds whose mark in the head of the picture is there. */
export function foldsAt(
  { shown }: Pick<Scene, 'shown'>,
  layout: Layout,
  x: number,
  y: number,
): number[] | null {
  if (y > 18) return null;
  let best: number[] | null = null;
  let nearest = 30; // pixels
  for (const { column, folds } of shown.folds) {
    const distance = Math.abs(layout.x(column) - x);
    if (distance < nearest) [nearest, best] = [distance, folds];
  }
  return best;
}

/** The step drawn nearest to a point: an arrow's end or start is also found along the arrow. */
export function stepAt(
  scene: Pick<Scene, 'run' | 'shown' | 'arrows' | 'laneOf'>,
  layout: Layout,
  x: number,
  y: number,
): number | null {
  let best: number | null = null;
  let nearest = 48; // pixels
  for (let column = layout.firstColumn; column <= layout.lastColumn; ++column) {
    const step = scene.shown.steps[column]!;
    const lane = scene.laneOf.get(scene.run.chronicle.steps[step]!.actor ?? '');
    const distance = Math.hypot(
      layout.x(column) - x,
      lane === undefined ? 12 : yOf(layout, lane) - y,
    );
    if (distance < nearest) [nearest, best] = [distance, step];
  }
  for (const arrow of scene.arrows.inView(layout.firstColumn, layout.lastColumn)) {
    const x0 = layout.x(arrow.from);
    const x1 = layout.x(arrow.to);
    if (x < Math.min(x0, x1) || x > Math.max(x0, x1) || x0 === x1) continue;
    const along = (x - x0) / (x1 - x0);
    const there =
      yOf(layout, arrow.fromLane) +
      along * (yOf(layout, arrow.toLane) - yOf(layout, arrow.fromLane));
    const distance = Math.abs(there - y) + 5;
    if (distance < nearest)
      [nearest, best] = [distance, arrow.fate === 'in flight' ? arrow.sent : arrow.end];
  }
  return best !== null && best >= 0 ? best : null;
}
