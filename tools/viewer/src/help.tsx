import { keys } from './keyboard';
import { outline } from './values';

export function Help({ onLeave }: { onLeave: () => void }) {
  return (
    <div class="help" role="dialog" aria-label="Help">
      <header>
        <h2>How to read and steer</h2>
        <button onClick={onLeave}>Close</button>
      </header>
      <ul class="legend">
        <li>
          <i class="l-arrow">→</i> a message, from its sending to its arrival
        </li>
        <li>
          <i>⤍ ✕</i> lost on the way
        </li>
        <li>
          <i>⇉</i> doubled by the network
        </li>
        <li>
          <i>
            <svg viewBox="-8 -8 16 16" width="14" height="14">
              <path d={outline('square', 6)} fill="var(--blue)" />
            </svg>
          </i>{' '}
          a vote on disk: shape and colour are its value's
        </li>
        <li>
          <i>
            <svg viewBox="-8 -8 16 16" width="14" height="14">
              <path d={outline('square', 5)} fill="none" stroke="var(--blue)" stroke-width="2" />
            </svg>
          </i>{' '}
          learned
        </li>
        <li>
          <i>⊐</i> a quorum that chose: a line to each of its votes
        </li>
        <li>
          <i>⊟</i> a write became durable; ◷ a timer fired
        </li>
        <li>
          <i>✕</i> a crash (small: it is due), until ▶ the restart
        </li>
        <li>
          <i class="l-band" /> cut links cross here
        </li>
        <li>
          <i>
            <mark>&nbsp;&nbsp;</mark>
          </i>{' '}
          the violation
        </li>
      </ul>
      <dl>
        {keys.map(({ shown, command, help }) => (
          <div key={command}>
            <dt>
              <kbd>{shown}</kbd>
            </dt>
            <dd>{help}</dd>
          </div>
        ))}
      </dl>
      <p>
        Drag the diagram to move it; pinch, or hold Ctrl and turn the wheel, to zoom. A click on a
        step lights up what it follows from.
      </p>
    </div>
  );
}
