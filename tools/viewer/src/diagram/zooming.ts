// How the reader moves and zooms the diagram, and how the page does.
import { select } from 'd3-selection';
import { zoom, zoomIdentity, type ZoomTransform } from 'd3-zoom';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { fittingWidth, gutterFor, keptInView } from './layout';

export const columnWidthMax = 120;
/** Where the picture lands: as wide as it takes, between these. */
export const columnWidthFirst = { min: 13, max: 60 };

/** Ctrl and the wheel zoom, the wheel alone scrolls the page, as everywhere. */
const isMeant = (event: Event) =>
  event instanceof WheelEvent
    ? event.ctrlKey || event.metaKey
    : !('button' in event) || event.button === 0;

export function useZoom(canvas: RefObject<HTMLCanvasElement>, width: number, columns: number) {
  const [transform, setTransform] = useState<ZoomTransform>(zoomIdentity);
  const behaviour = useMemo(
    () =>
      zoom<HTMLCanvasElement, unknown>()
        .filter(isMeant)
        .on('zoom', (event: { transform: ZoomTransform }) => setTransform(event.transform)),
    [],
  );
  useEffect(() => {
    behaviour
      .scaleExtent([Math.min(fittingWidth(width, columns), columnWidthFirst.max), columnWidthMax])
      .constrain((wanted) => keptInView(wanted, width, columns));
  }, [width, columns]);
  useLayoutEffect(() => {
    const element = canvas.current!;
    const selection = select(element).call(behaviour);
    const onWheel = (event: WheelEvent) => {
      const across = event.shiftKey ? event.deltaY : event.deltaX;
      if (isMeant(event) || across === 0) return;
      event.preventDefault();
      const { k } = selection.property('__zoom') as ZoomTransform;
      behaviour.translateBy(selection, -across / k, 0);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);

  /** Brings a column to this part of the width. */
  const moveTo = (scale: number, column: number, part: number) => {
    if (width === 0 || columns === 0) return;
    const x = gutterFor(width) + (width - gutterFor(width)) * part - (column + 0.5) * scale;
    const to = keptInView(zoomIdentity.translate(x, 0).scale(scale), width, columns);
    behaviour.transform(select(canvas.current!), to);
  };
  return { transform, moveTo };
}

/** Of the element that the canvas is in; 0 before it is known. */
export function useWidth(canvas: RefObject<HTMLCanvasElement>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const parent = canvas.current!.parentElement!;
    const measure = () => setWidth(parent.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(parent);
    measure();
    return () => observer.disconnect();
  }, []);
  return width;
}

export function useIsPrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const printing = window.matchMedia('print');
    const onChange = () => setPrinting(printing.matches);
    printing.addEventListener('change', onChange);
    return () => printing.removeEventListener('change', onChange);
  }, []);
  return isPrinting;
}
