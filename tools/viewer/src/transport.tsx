// Play, pause, step, scrub, speed.
import type { Shown } from './shown';

export const speeds = [1, 2, 4, 8, 16, 64]; // steps a second

interface Props {
  shown: Shown;
  column: number; // of the cursor
  isPlaying: boolean;
  speed: number;
  onSeek: (column: number) => void;
  onPlay: () => void;
  onSpeed: (speed: number) => void;
  onZoom: (kind: 'in' | 'out' | 'fit' | 'focus') => void;
}

export function Transport({
  shown,
  column,
  isPlaying,
  speed,
  onSeek,
  onPlay,
  onSpeed,
  onZoom,
}: Props) {
  const last = shown.steps.length - 1;
  return (
    <div class="transport" role="group" aria-label="Playing">
      <button onClick={() => onSeek(0)} title="first step (Home)" aria-label="first step">
        |◀
      </button>
      <button onClick={() => onSeek(column - 1)} title="step back (←)" aria-label="step back">
        ◀
      </button>
      <button id="play" onClick={onPlay} title="play or pause (space)">
        {isPlaying ? 'Pause' : 'Play'}
      </button>
      <button onClick={() => onSeek(column + 1)} title="step on (→)" aria-label="step on">
        ▶
      </button>
      <button onClick={() => onSeek(last)} title="last step (End)" aria-label="last step">
        ▶|
      </button>
      <input
        type="range"
        aria-label="step"
        min={0}
        max={Math.max(0, last)}
        value={column}
        onInput={(event) => onSeek(Number(event.currentTarget.value))}
      />
      <label>
        speed{' '}
        <select value={speed} onChange={(event) => onSpeed(Number(event.currentTarget.value))}>
          {speeds.map((one) => (
            <option key={one} value={one}>
              {one}/s
            </option>
          ))}
        </select>
      </label>
      <span class="zoom">
        <button onClick={() => onZoom('out')} title="smaller (−)" aria-label="smaller">
          −
        </button>
        <button onClick={() => onZoom('in')} title="larger (+)" aria-label="larger">
          +
        </button>
        <button onClick={() => onZoom('fit')} title="all steps (0)">
          All
        </button>
      </span>
    </div>
  );
}
