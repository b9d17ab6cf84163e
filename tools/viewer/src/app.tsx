// The page: the diagram, the stage, the state, and the explanation beside them.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Explanation, PageData } from './data';
import { Diagram } from './diagram/diagram';
import { ExplanationPanel, sentencesOf } from './explanation';
import { Filters } from './filters';
import { Help } from './help';
import { commandFor, type Command } from './keyboard';
import { Legend } from './legend';
import { usePlace } from './place';
import { RunModel } from './run_model';
import { useRunView, type RunView } from './run_view';
import { Stage } from './stage';
import { StateTable } from './state_table';
import { StepPanel } from './step_panel';
import { survivorsOf } from './survivors';
import { useTheme } from './theme';
import { Transport } from './transport';

export function App({ data }: { data: PageData }) {
  const runs = useMemo(() => modelsOf(data), [data]);
  const views = runs.map((run) => useRunView(run)); // as many at every drawing
  const [active, setActive] = useState(runs.length - 1);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(2);
  const [theme, switchTheme] = useTheme();
  const run = runs[active]!;
  const view = views[active]!;
  const other = views[1 - active];
  const runName = runs.length > 1 ? run.data.title : null;

  usePlace({ step: run.numbers.of(view.cursor), run: runName }, (place) => {
    const named = runs.findIndex(({ data: { title } }) => title === place.run);
    const which = named < 0 ? active : named;
    setActive(which);
    views[which]!.reveal(runs[which]!.numbers.stepOf(place.step));
  });
  useFollowing(active, view, run, other);
  usePlaying(isPlaying, speed, view, () => setPlaying(false));
  const play = () => {
    if (!isPlaying && view.column >= view.shown.steps.length - 1) view.seek(0);
    setPlaying(!isPlaying);
  };
  useKeyboard({
    play,
    theme: switchTheme,
    help: () => setHelpOpen(!isHelpOpen),
    leave: () => {
      setHelpOpen(false);
      (document.activeElement as HTMLElement | null)?.blur();
    },
    'other run': () => setActive((active + 1) % runs.length),
    ...commandsOf(run, view),
  });

  return (
    <>
      <Head
        run={run}
        explanation={run.data.explanation}
        theme={theme}
        onTheme={switchTheme}
        onHelp={() => setHelpOpen(true)}
      />
      <main>
        <div class={runs.length > 1 ? 'diagrams several' : 'diagrams'}>
          {runs.map((one, i) => (
            <section
              key={i}
              class={i === active ? 'run active' : 'run'}
              onClickCapture={() => setActive(i)}
            >
              {runs.length > 1 && (
                <h2>
                  {one.data.title}{' '}
                  <small>{one.chronicle.steps.length.toLocaleString('en')} steps</small>
                </h2>
              )}
              <Filters
                run={one}
                filter={views[i]!.filter}
                shownCount={views[i]!.shown.steps.length}
                onChange={views[i]!.setFilter}
              />
              <Diagram
                run={one}
                shown={views[i]!.shown}
                cursor={views[i]!.cursor}
                past={views[i]!.past}
                found={views[i]!.found}
                wish={views[i]!.wish}
                themeName={theme}
                onPick={views[i]!.pick}
                onUnfold={views[i]!.unfold}
                onView={views[i]!.setInView}
              />
              <Legend
                run={one}
                inView={views[i]!.inView}
                filter={views[i]!.filter}
                onChange={views[i]!.setFilter}
              />
            </section>
          ))}
          <Transport
            shown={view.shown}
            column={view.column}
            isPlaying={isPlaying}
            speed={speed}
            onSeek={view.seek}
            onPlay={play}
            onSpeed={setSpeed}
            onZoom={view.zoom}
          />
        </div>
        <aside>
          <StepPanel
            run={run}
            cursor={view.cursor}
            runName={runName}
            onPick={view.reveal}
            onOther={(step) => {
              setActive(1 - active);
              other?.reveal(step);
            }}
          />
          <ExplanationPanel
            explanation={run.data.explanation}
            cursor={view.cursor}
            onPick={view.tell}
          />
        </aside>
        <div class="moment">
          <Stage run={run} cursor={view.cursor} />
          <StateTable run={run} cursor={view.cursor} />
        </div>
      </main>
      <footer>
        {data.build}
        {run.chronicle.skipped &&
          run.chronicle.skipped.length > 0 &&
          ` · ${run.chronicle.skipped.length} steps of the trace did not apply`}
      </footer>
      {isHelpOpen && (
        <Help
          roundName={run.looks.rounds.length > 0 ? run.looks.roundName : ''}
          isCompared={run.counterpart !== null}
          onLeave={() => setHelpOpen(false)}
        />
      )}
    </>
  );
}

/** Of two runs, each knows what of it is there again in the other. */
function modelsOf(data: PageData): RunModel[] {
  const runs = data.runs.map((run) => new RunModel(run));
  const [one, another] = runs;
  if (one && another) {
    const { toOther, toOne } = survivorsOf(one.chronicle.steps, another.chronicle.steps);
    one.setCounterpart(another, toOther);
    another.setCounterpart(one, toOne);
  }
  return runs;
}

/** The other run's cursor goes to the same step, where it is there. */
function useFollowing(active: number, view: RunView, run: RunModel, other: RunView | undefined) {
  const seen = useRef({ active, cursor: view.cursor });
  useEffect(() => {
    const hasMoved = seen.current.active === active && seen.current.cursor !== view.cursor;
    seen.current = { active, cursor: view.cursor };
    const there = run.counterpart?.steps[view.cursor] ?? -1;
    if (hasMoved && there >= 0) other?.pick(there);
  }, [active, view.cursor]);
}

interface HeadProps {
  run: RunModel;
  explanation: Explanation;
  theme: string;
  onTheme: () => void;
  onHelp: () => void;
}

function Head({ run, explanation, theme, onTheme, onHelp }: HeadProps) {
  const { chronicle } = run;
  const { finding } = chronicle;
  const contradiction = explanation.contradiction[0]?.text.replace(/\.$/, '');
  return (
    <header class="head">
      <p class="verdict">
        {finding ? (
          <mark>
            {chronicle.verdict}: {finding.property}
          </mark>
        ) : (
          <b>{chronicle.verdict}</b>
        )}
        {finding?.is_outside_fault_model && <span> outside the fault model</span>}
        <span>{chronicle.protocol.replaceAll('_', ' ')}</span>
        {chronicle.mutants?.map((mutant) => (
          <code key={mutant}>{mutant}</code>
        ))}
      </p>
      <nav>
        <button onClick={onTheme}>{theme === 'dark' ? 'Light' : 'Dark'}</button>
        <button onClick={onHelp} title="keys and signs (?)">
          Help
        </button>
      </nav>
      <h1>
        {contradiction ?? finding?.text ?? chronicle.inconclusive ?? chronicle.about ?? 'A run'}
      </h1>
      {explanation.headline && finding && <p class="headline">{explanation.headline}</p>}
    </header>
  );
}

function usePlaying(isPlaying: boolean, speed: number, view: RunView, onEnd: () => void) {
  useEffect(() => {
    if (!isPlaying) return;
    if (view.column >= view.shown.steps.length - 1) {
      onEnd();
      return;
    }
    const timer = setTimeout(() => view.seek(view.column + 1), 1000 / speed);
    return () => clearTimeout(timer);
  }, [isPlaying, speed, view.column]);
}

type Commands = Partial<Record<Command, () => void>>;

function commandsOf(run: RunModel, view: RunView): Commands {
  const tellNext = (way: 1 | -1) => {
    const sentences = sentencesOf(run.data.explanation);
    for (let number = view.told + way; number >= 0 && number < sentences.length; number += way) {
      const steps = sentences[number]!.steps ?? [];
      if (steps.length > 0) return view.tell(steps, number);
    }
  };
  return {
    next: () => view.seek(view.column + 1),
    previous: () => view.seek(view.column - 1),
    'next landmark': () => view.seekLandmark(1),
    'previous landmark': () => view.seekLandmark(-1),
    'next sentence': () => tellNext(1),
    'previous sentence': () => tellNext(-1),
    first: () => view.seek(0),
    last: () => view.seek(view.shown.steps.length - 1),
    violation: () => {
      view.pick(run.focus);
      view.zoom('focus');
    },
    past: () => view.setFilter({ ...view.filter, isPastOnly: !view.filter.isPastOnly }),
    light: () => view.setLit(!view.isLit),
    search: () => document.querySelector<HTMLElement>('.run.active input[type=search]')?.focus(),
    'zoom in': () => view.zoom('in'),
    'zoom out': () => view.zoom('out'),
    fit: () => view.zoom('fit'),
  };
}

function useKeyboard(commands: Commands) {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = commandFor(event);
      if (command === null) return;
      event.preventDefault();
      latest.current[command]?.();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
