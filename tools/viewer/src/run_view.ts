// Where the reader is in one run: its cursor, its filter, and how they move.
import { useMemo, useState } from 'preact/hooks';
import { causalPast } from './causality';
import type { ZoomWish } from './diagram/diagram';
import type { MessagesInView } from './diagram/in_view';
import type { RunModel } from './run_model';
import { columnAtOrBefore, noFilter, revealing, whatIsShown, type Filter } from './shown';

export function useRunView(run: RunModel) {
  const [cursor, setCursor] = useState(run.focus);
  const [filter, setFilter] = useState<Filter>({
    ...noFilter,
    isPastOnly: run.landmarks.violation !== null,
    isBrief: run.folds.length > 0,
  });
  const [found, setFound] = useState<ReadonlySet<number> | null>(null);
  const [told, setTold] = useState(-1);
  const [isLit, setLit] = useState(true);
  const [inView, setInView] = useState<MessagesInView>({ kinds: [], rounds: [] });
  const [wish, setWish] = useState<ZoomWish>({ kind: 'focus', count: 0 });
  const shown = useMemo(() => whatIsShown(run, filter), [run, filter]);
  const past = useMemo(() => {
    if (!isLit) return null;
    return cursor === run.focus ? run.focusPast : causalPast(run.chronicle, [cursor]);
  }, [run, cursor, isLit]);
  const column = columnAtOrBefore(shown, cursor);

  const pick = (step: number) => {
    setFound(null);
    setTold(-1);
    setCursor(step);
  };
  const seek = (wanted: number) => {
    const to = Math.max(0, Math.min(shown.steps.length - 1, wanted));
    if (shown.steps.length > 0) pick(shown.steps[to]!);
  };
  const landmarks = useMemo(() => {
    const { votes, choices, departures, violation, lastProgress } = run.landmarks;
    const steps = [...votes, ...choices].map(({ step }) => step);
    const found = new Set([...steps, ...departures]);
    for (const step of [violation, lastProgress]) if (step !== null) found.add(step);
    return [...found].sort((a, b) => a - b);
  }, [run]);

  /** Brings the cursor there, wherever the filters hide it. */
  const reveal = (step: number) => {
    pick(step);
    setFilter(revealing(run, filter, step));
  };

  return {
    cursor,
    filter,
    setFilter,
    found,
    told,
    isLit,
    setLit,
    shown,
    past,
    column,
    wish,
    pick,
    seek,
    reveal,
    inView,
    setInView: (now: MessagesInView) => {
      if (JSON.stringify(now) !== JSON.stringify(inView)) setInView(now);
    },
    unfold: (folds: number[]) =>
      setFilter({ ...filter, unfolded: new Set([...filter.unfolded, ...folds]) }),
    zoom: (kind: ZoomWish['kind']) => setWish({ kind, count: wish.count + 1 }),
    /** The last of a sentence's steps gets the cursor, all are shown. */
    tell: (steps: number[], sentence: number) => {
      setTold(sentence);
      setFound(new Set(steps));
      setCursor(steps.at(-1)!);
      setFilter(revealing(run, filter, steps.at(-1)!));
    },
    seekLandmark: (way: 1 | -1) => {
      const next =
        way > 0
          ? landmarks.find((step) => step > cursor)
          : landmarks.findLast((step) => step < cursor);
      if (next !== undefined) pick(next);
    },
  };
}

export type RunView = ReturnType<typeof useRunView>;
