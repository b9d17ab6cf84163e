// Texts of an SVG that must not be wider than their place.
import { fitted } from './diagram/labels';

let context: CanvasRenderingContext2D | null = null;

/** The text, or as much of its beginning as is no wider, in a font of the page: "700 14px". */
export function fittedIn(text: string, font: string, width: number): string {
  context ??= document.createElement('canvas').getContext('2d')!;
  context.font = `${font} ${getComputedStyle(document.body).fontFamily}`;
  return fitted(context, text, Math.max(0, width));
}
