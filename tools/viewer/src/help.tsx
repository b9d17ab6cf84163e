import { keys } from './keyboard';
import { MessageLine } from './legend';
import { outline } from './values';

interface Props {
  roundName: string; // empty: the protocol has no rounds
  isCompared: boolean;
  onLeave: () => void;
}

export function Help({ roundName, isCompared, onLeave }: Props) {
  return (
    <div class="help" role="dialog" aria-label="Help">
      <header>
        <h2>How to read and steer</h2>
        <button onClick={onLeave}>Close</button>
      </header>
      <ul class="legend">
        <li>
          <i>→</i> a message, from its sending to its arrival; the dash is its kind
        </li>
        {roundName && (
          <li>
            <i>
              <MessageLine look={{ colour: '--hue-1', dash: [], head: 'hollow' }} hasHead />
            </i>{' '}
            colour and head are its {roundName}: the list below the diagram has them
          </li>
        )}
        <li>
          <i>✕</i> at the end of a line: lost on the way
        </li>
        <li>
          <i>○</i> at its end: still on its way
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
          <i>⫽</i> steps folded away, or a long time in which nothing happens
        </li>
        {isCompared && (
          <li>
            <i>▬</i> on the axis: this step is in the other run, too
          </li>
        )}
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
        step lights up what it follows from, one on a fold unfolds it. The page's address names the
        step, so that it can be sent: <code>#step=13</code>.
      </p>
    </div>
  );
}
