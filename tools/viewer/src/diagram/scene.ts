// All that a drawing of the diagram depends on.
import type { StepSet } from '../causality';
import type { WhatIf } from '../data';
import type { RunModel } from '../run_model';
import type { Shown } from '../shown';
import type { Arrows } from './arrows';
import type { Gap } from './gaps';
import type { Labels } from './labels';
import type { Layout } from './layout';
import type { Theme } from './theme';

export interface Scene {
  run: RunModel;
  shown: Shown;
  arrows: Arrows;
  gaps: Gap[]; // that cuts leave
  laneOf: ReadonlyMap<string, number>;
  cursor: number; // step; -1: before the first
  past: StepSet | null; // what the cursor's step follows from is lit; null: all is
  found: ReadonlySet<number> | null; // steps that a sentence tells of
  whatIf: WhatIf | undefined;
}

export interface Drawing {
  context: CanvasRenderingContext2D;
  scene: Scene;
  layout: Layout;
  theme: Theme;
  labels: Labels;
}

export const marksFrom = 5; // pixels a column: below, there is only room for ticks
const faded = 0.26;

export function alphaOf(scene: Scene, step: number): number {
  return scene.past === null || scene.past[step] === 1 ? 1 : faded;
}

export function colour({ theme }: Drawing, name: string): string {
  return theme.colours[name]!;
}

export function xOf({ layout, scene }: Drawing, step: number): number {
  return layout.x(
    step < 0 ? -0.5 : scene.shown.columns[Math.min(step, scene.shown.columns.length - 1)]!,
  );
}
