// Where things are on the canvas, in pixels of the style sheet.
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { zoomIdentity, type ZoomTransform } from 'd3-zoom';

export interface Layout {
  width: number;
  height: number;
  gutter: number; // names of the lanes
  top: number; // the first lane
  laneHeight: number;
  laneCount: number;
  axis: number; // y of the time axis
  curve: { top: number; bottom: number } | null; // of what-if
  x: ScaleLinear<number, number>; // by column
  columnWidth: number;
  firstColumn: number; // in view
  lastColumn: number; // in view
}

const axisHeight = 26;
const curveHeight = 54;
export const laneHeightMax = 58;
const laneHeightMin = 40;
const headHeight = 40;

const endRoom = 44; // right of the last column, for its labels

export const gutterFor = (width: number) => (width < 500 ? 34 : 44);

/** The width of a column with which all of them are in view. */
export const fittingWidth = (width: number, columns: number) =>
  Math.max(0.002, (width - gutterFor(width) - endRoom) / Math.max(1, columns));

/** From the left edge to the last column, neither with more empty space than there must be. */
export function keptInView(
  transform: ZoomTransform,
  width: number,
  columns: number,
): ZoomTransform {
  const free = width - gutterFor(width) - transform.k * columns - endRoom;
  const least = gutterFor(width) + Math.min(0, free);
  const x = Math.max(least, Math.min(gutterFor(width), transform.x));
  return zoomIdentity.translate(x, 0).scale(transform.k);
}

export function heightFor(laneCount: number, hasCurve: boolean): number {
  const lane = laneCount <= 8 ? laneHeightMax : laneHeightMin;
  return headHeight + lane * laneCount + axisHeight + (hasCurve ? curveHeight + 14 : 0);
}

/** The transform's scale is the width of a column, its x the left edge of column 0. */
export function layoutFor(
  size: { width: number; height: number },
  laneCount: number,
  columnCount: number,
  hasCurve: boolean,
  transform: ZoomTransform,
): Layout {
  const x = scaleLinear()
    .domain([0, 1])
    .range([transform.x + transform.k / 2, transform.x + transform.k * 1.5]);
  const laneHeight = laneCount <= 8 ? laneHeightMax : laneHeightMin;
  const axis = headHeight + laneHeight * laneCount;
  return {
    ...size,
    gutter: gutterFor(size.width),
    top: headHeight + laneHeight / 2,
    laneHeight,
    laneCount,
    axis,
    curve: hasCurve
      ? { top: axis + axisHeight + 8, bottom: axis + axisHeight + curveHeight }
      : null,
    x,
    columnWidth: transform.k,
    firstColumn: Math.max(0, Math.floor(x.invert(gutterFor(size.width)))),
    lastColumn: Math.min(columnCount - 1, Math.ceil(x.invert(size.width))),
  };
}

export const yOf = (layout: Layout, lane: number) => layout.top + lane * layout.laneHeight;
