// The space-time diagram as a part of the page: a canvas that is dragged, zoomed and clicked.
import { zoomIdentity } from 'd3-zoom';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { StepSet } from '../causality';
import type { RunModel } from '../run_model';
import { columnAtOrBefore, type Shown } from '../shown';
import { Arrows } from './arrows';
import { draw } from './draw';
import { gapsOf } from './gaps';
import { foldsAt, stepAt } from './hit';
import { messagesInView, type MessagesInView } from './in_view';
import { fittingWidth, gutterFor, heightFor, layoutFor, type Layout } from './layout';
import type { Scene } from './scene';
import { themeOf } from './theme';
import { columnWidthFirst, columnWidthMax, useIsPrinting, useWidth, useZoom } from './zooming';

export type ZoomWish = { kind: 'in' | 'out' | 'fit' | 'focus'; count: number };

interface Props {
  run: RunModel;
  shown: Shown;
  cursor: number;
  past: StepSet | null;
  found: ReadonlySet<number> | null;
  wish: ZoomWish;
  themeName: string;
  onPick: (step: number) => void;
  onUnfold: (folds: number[]) => void;
  /** The messages in view are others. */
  onView: (messages: MessagesInView) => void;
}

export function Diagram(props: Props) {
  const { run, shown, cursor, past, found, wish, themeName, onPick, onUnfold, onView } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const columns = shown.steps.length;
  const width = useWidth(canvas);
  const isPrinting = useIsPrinting();
  const { transform, moveTo } = useZoom(canvas, width, columns);
  const fitWidth = fittingWidth(width, columns);
  const whatIf = run.data.what_if;
  const height = heightFor(shown.lanes.length, whatIf !== undefined);

  const scene = useMemo<Omit<Scene, 'cursor' | 'past' | 'found'>>(() => {
    const laneOf = new Map(shown.lanes.map((name, lane) => [name, lane]));
    return {
      run,
      shown,
      arrows: new Arrows(run, shown),
      gaps: gapsOf(run.cutSpans, laneOf),
      laneOf,
      whatIf,
    };
  }, [run, shown]);

  // It lands on the cursor, with what led there at its left; so it does when other steps are shown.
  const land = () => {
    const { min, max } = columnWidthFirst;
    moveTo(Math.max(min, Math.min(max, fitWidth)), columnAtOrBefore(shown, cursor), 0.78);
  };
  useEffect(land, [columns, width === 0]);

  useEffect(() => {
    const scale = transform.k * { in: 1.5, out: 1 / 1.5, fit: 1, focus: 1 }[wish.kind];
    const column = columnAtOrBefore(shown, cursor);
    if (wish.count === 0) return;
    if (wish.kind === 'focus') land();
    else if (wish.kind === 'fit') moveTo(fitWidth, columns / 2, 0.5);
    else moveTo(Math.max(fitWidth, Math.min(columnWidthMax, scale)), column, 0.5);
  }, [wish]);

  // The cursor stays in view.
  useEffect(() => {
    if (width === 0 || columns === 0) return;
    const x = transform.x + transform.k * (shown.columns[Math.max(0, cursor)]! + 0.5);
    if (x < gutterFor(width) + 20 || x > width - 20)
      moveTo(transform.k, shown.columns[Math.max(0, cursor)]!, 0.5);
  }, [cursor]);

  const layoutNow = (): Layout => {
    const size = { width, height };
    const whole = zoomIdentity.translate(gutterFor(width), 0).scale(fitWidth);
    return layoutFor(
      size,
      shown.lanes.length,
      columns,
      whatIf !== undefined,
      isPrinting ? whole : transform,
    );
  };

  useLayoutEffect(() => {
    const element = canvas.current!;
    if (width === 0) return;
    const frame = requestAnimationFrame(() => {
      const ratio = window.devicePixelRatio || 1;
      element.width = Math.round(width * ratio);
      element.height = Math.round(height * ratio);
      const context = element.getContext('2d')!;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      draw(context, { ...scene, cursor, past, found }, layoutNow(), themeOf(element));
    });
    return () => cancelAnimationFrame(frame);
  }, [scene, cursor, past, found, width, height, transform, themeName, isPrinting]);

  const layout = layoutNow();
  useEffect(() => {
    if (width === 0) return;
    onView(messagesInView(run, scene.arrows.inView(layout.firstColumn, layout.lastColumn)));
  }, [scene, width === 0, layout.firstColumn, layout.lastColumn]);

  const pick = (event: MouseEvent) => {
    const box = canvas.current!.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const folds = foldsAt(scene, layoutNow(), x, y);
    if (folds !== null) return onUnfold(folds);
    const step = stepAt(scene, layoutNow(), x, y);
    if (step !== null) onPick(step);
  };

  return (
    <div class="diagram" style={{ height: `${height}px` }}>
      <canvas
        ref={canvas}
        style={{ width: '100%', height: `${height}px` }}
        role="img"
        aria-label={`Space-time diagram of ${columns} steps on ${shown.lanes.length} lanes. The arrow keys step.`}
        onClick={pick}
      />
      {columns === 0 && <p class="nothing">No step is left by these filters.</p>}
    </div>
  );
}
