// The space-time diagram as a part of the page: a canvas that is dragged, zoomed and clicked.
import { select } from 'd3-selection';
import { zoom, zoomIdentity, type ZoomTransform } from 'd3-zoom';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { StepSet } from '../causality';
import type { RunModel } from '../run_model';
import { columnAtOrBefore, type Shown } from '../shown';
import { Arrows } from './arrows';
import { draw } from './draw';
import { gapsOf } from './gaps';
import { heightFor, layoutFor, yOf, type Layout } from './layout';
import type { Scene } from './scene';
import { themeOf } from './theme';

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
}

const columnWidthMax = 120;
const columnWidthFirst = { min: 13, max: 60 };
const endRoom = 44; // right of the last column, for its labels
const gutter = (width: number) => (width < 500 ? 34 : 44);

/** From the left edge to the last column, neither with more empty space than there must be. */
function kept(transform: ZoomTransform, width: number, columns: number): ZoomTransform {
  const free = width - gutter(width) - transform.k * columns - endRoom;
  const least = gutter(width) + Math.min(0, free);
  const x = Math.max(least, Math.min(gutter(width), transform.x));
  return zoomIdentity.translate(x, 0).scale(transform.k);
}

export function Diagram({ run, shown, cursor, past, found, wish, themeName, onPick }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [isPrinting, setPrinting] = useState(false);
  const [transform, setTransform] = useState<ZoomTransform>(zoomIdentity);
  const columns = shown.steps.length;
  const whatIf = run.data.what_if;
  const height = heightFor(shown.lanes.length, whatIf !== undefined);

  const scene = useMemo<Omit<Scene, 'cursor' | 'past' | 'found'>>(() => {
    const laneOf = new Map(shown.lanes.map((name, lane) => [name, lane]));
    return { run, shown, arrows: new Arrows(run, shown), gaps: gapsOf(run.cutSpans, laneOf), laneOf, whatIf };
  }, [run, shown]);

  const behaviour = useMemo(
    () =>
      zoom<HTMLCanvasElement, unknown>()
        .filter((event: Event) =>
          event instanceof WheelEvent ? event.ctrlKey || event.metaKey : !('button' in event) || event.button === 0)
        .on('zoom', (event: { transform: ZoomTransform }) => setTransform(event.transform)),
    [],
  );

  const fitWidth = Math.max(0.002, (width - gutter(width) - endRoom) / columns);
  useEffect(() => {
    behaviour
      .scaleExtent([Math.min(fitWidth, columnWidthFirst.max), columnWidthMax])
      .constrain((wanted) => kept(wanted, width, columns));
  }, [fitWidth, width, columns]);

  useLayoutEffect(() => {
    const element = canvas.current!;
    const selection = select(element).call(behaviour);
    const observer = new ResizeObserver(() => setWidth(element.parentElement!.clientWidth));
    observer.observe(element.parentElement!);
    setWidth(element.parentElement!.clientWidth);
    const onWheel = (event: WheelEvent) => {
      const across = event.shiftKey ? event.deltaY : event.deltaX;
      if (event.ctrlKey || event.metaKey || across === 0) return;
      event.preventDefault();
      behaviour.translateBy(selection, -across / (select(element).property('__zoom') as ZoomTransform).k, 0);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    const printing = window.matchMedia('print');
    const onPrint = () => setPrinting(printing.matches);
    printing.addEventListener('change', onPrint);
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', onWheel);
      printing.removeEventListener('change', onPrint);
    };
  }, []);

  const moveTo = (scale: number, column: number, part: number) => {
    if (width === 0) return;
    const x = gutter(width) + (width - gutter(width)) * part - (column + 0.5) * scale;
    const to = kept(zoomIdentity.translate(x, 0).scale(scale), width, columns);
    behaviour.transform(select(canvas.current!), to);
  };

  // Lands on the contradiction, with what led to it at its left.
  const lastPlace = useRef('');
  useEffect(() => {
    if (width === 0 || columns === 0) return;
    const place = `${wish.kind}${wish.count} ${columns}`;
    if (lastPlace.current === place) return;
    const isWish = lastPlace.current.split(' ')[0] !== place.split(' ')[0];
    lastPlace.current = place;
    const first = Math.max(columnWidthFirst.min, Math.min(columnWidthFirst.max, fitWidth));
    const at = columnAtOrBefore(shown, cursor);
    if (wish.kind === 'fit') moveTo(fitWidth, columns / 2, 0.5);
    else if (!isWish || wish.kind === 'focus') moveTo(first, at, 0.78);
    else moveTo(Math.max(fitWidth, Math.min(columnWidthMax, transform.k * (wish.kind === 'in' ? 1.5 : 1 / 1.5))), at, 0.5);
  }, [wish, columns, width]);

  // The cursor stays in view.
  useEffect(() => {
    if (width === 0 || columns === 0) return;
    const x = transform.x + transform.k * (shown.columns[Math.max(0, cursor)]! + 0.5);
    if (x < gutter(width) + 20 || x > width - 20) moveTo(transform.k, shown.columns[Math.max(0, cursor)]!, 0.5);
  }, [cursor]);

  const layoutNow = (): Layout => {
    const size = { width, height };
    const whole = zoomIdentity.translate(gutter(width), 0).scale(fitWidth);
    return layoutFor(size, shown.lanes.length, columns, whatIf !== undefined, isPrinting ? whole : transform);
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

  const pick = (event: MouseEvent) => {
    const box = canvas.current!.getBoundingClientRect();
    const step = stepAt(scene, layoutNow(), event.clientX - box.left, event.clientY - box.top);
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

/** The step drawn nearest to a point: an arrow's end or start is also found along the arrow. */
function stepAt(scene: Omit<Scene, 'cursor' | 'past' | 'found'>, layout: Layout, x: number, y: number): number | null {
  let best: number | null = null;
  let nearest = 48; // pixels
  for (let column = layout.firstColumn; column <= layout.lastColumn; ++column) {
    const step = scene.shown.steps[column]!;
    const lane = scene.laneOf.get(scene.run.chronicle.steps[step]!.actor ?? '');
    const distance = Math.hypot(layout.x(column) - x, lane === undefined ? 12 : yOf(layout, lane) - y);
    if (distance < nearest) [nearest, best] = [distance, step];
  }
  for (const arrow of scene.arrows.inView(layout.firstColumn, layout.lastColumn)) {
    const x0 = layout.x(arrow.from);
    const x1 = layout.x(arrow.to);
    if (x < Math.min(x0, x1) || x > Math.max(x0, x1) || x0 === x1) continue;
    const along = (x - x0) / (x1 - x0);
    const there = yOf(layout, arrow.fromLane) + along * (yOf(layout, arrow.toLane) - yOf(layout, arrow.fromLane));
    const distance = Math.abs(there - y) + 5;
    if (distance < nearest) [nearest, best] = [distance, arrow.fate === 'in flight' ? arrow.sent : arrow.end];
  }
  return best !== null && best >= 0 ? best : null;
}
