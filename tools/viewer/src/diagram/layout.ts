// Where things are on the canvas, in pixels of the style sheet.
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import type { ZoomTransform } from 'd3-zoom';

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
  const gutter = size.width < 500 ? 34 : 44;
  const x = scaleLinear()
    .domain([0, 1])
    .range([transform.x + transform.k / 2, transform.x + transform.k * 1.5]);
  const laneHeight = laneCount <= 8 ? laneHeightMax : laneHeightMin;
  const axis = headHeight + laneHeight * laneCount;
  return {
    ...size,
    gutter,
    top: headHeight + laneHeight / 2,
    laneHeight,
    laneCount,
    axis,
    curve: hasCurve ? { top: axis + axisHeight + 8, bottom: axis + axisHeight + curveHeight } : null,
    x,
    columnWidth: transform.k,
    firstColumn: Math.max(0, Math.floor(x.invert(gutter))),
    lastColumn: Math.min(columnCount - 1, Math.ceil(x.invert(size.width))),
  };
}

export const yOf = (layout: Layout, lane: number) => layout.top + lane * layout.laneHeight;
