// The stage: nodes in a ring, clients outside, messages on their way between them.
import { useMemo } from 'preact/hooks';
import type { Message } from './data';
import { headlinesOf, type Headline } from './headlines';
import type { RunModel } from './run_model';
import { shortLabel } from './diagram/arrows';
import { isWithin } from './spans';
import { lookOf, outline, valueIn } from './values';

interface Place {
  x: number;
  y: number;
}

const size = { width: 420, height: 400 };
const centre = { x: 210, y: 200 };
const travellersMax = 24;

function ring(names: string[], radius: number, turn: number): Map<string, Place> {
  return new Map(
    names.map((name, i) => {
      const angle = turn + (i * 2 * Math.PI) / names.length;
      return [
        name,
        { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) },
      ];
    }),
  );
}

const radiusIn = (run: RunModel) => (run.chronicle.nodes.length < 7 ? 54 : 42);

function placesOf(run: RunModel): Map<string, Place> {
  const { nodes, clients = [] } = run.chronicle;
  const nodePlaces = ring(
    nodes,
    nodes.length < 4 ? 104 : nodes.length < 6 ? 130 : 150,
    -Math.PI / 2,
  );
  // Clients in the corners, where no node is.
  const corners: Place[] = [
    { x: 34, y: 30 },
    { x: size.width - 34, y: 30 },
    { x: 34, y: size.height - 30 },
    { x: size.width - 34, y: size.height - 30 },
  ];
  clients.forEach((name, i) =>
    nodePlaces.set(name, corners[i % 4] && i < 4 ? corners[i]! : { x: 34 + 46 * (i - 3), y: 30 }),
  );
  return nodePlaces;
}

interface Traveller {
  number: number;
  message: Message;
  isArriving: boolean;
  isLost: boolean;
  part: number; // of the way
}

/** Those that arrive now, and those on their way; the soonest to arrive first. */
function travellersAt(run: RunModel, cursor: number): Traveller[] {
  const { messages, steps } = run.chronicle;
  const found: Traveller[] = [];
  for (const number of run.inFlightAt(cursor)) {
    const message = messages[number]!;
    const end = message.delivered_in ?? message.dropped_in ?? steps.length;
    const sent = message.sent_in ?? 0;
    found.push({
      number,
      message,
      isArriving: end === cursor,
      isLost: end === cursor && message.dropped_in !== undefined,
      part: 0.05 + 0.9 * ((cursor - sent) / Math.max(1, end - sent)),
    });
  }
  return found.sort((a, b) => Number(b.isArriving) - Number(a.isArriving) || b.part - a.part);
}

function between(from: Place, to: Place, part: number): Place {
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** From edge to edge: a node is a circle, and a client is smaller. */
function wayOf(message: Message, places: Map<string, Place>, radius: number): [Place, Place] {
  const from = places.get(message.from)!;
  const to = places.get(message.to)!;
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const room = (name: string) => (name.startsWith('n') ? radius + 9 : 24) / length;
  return [between(from, to, room(message.from)), between(to, from, room(message.to))];
}

export function Stage({ run, cursor }: { run: RunModel; cursor: number }) {
  const places = useMemo(() => placesOf(run), [run]);
  const before = useMemo(() => run.history.after(cursor - 1), [run, cursor]);
  const now = useMemo(() => run.history.after(cursor), [run, cursor]);
  const radius = radiusIn(run);
  const travellers = travellersAt(run, cursor);
  const actor = run.chronicle.steps[cursor]?.actor;
  const cuts = run.cutSpans.filter((cut) => isWithin(cut, cursor));
  return (
    <figure class="stage">
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label="The nodes at this moment"
      >
        {cuts.map(({ sender, receiver }) => (
          <CutLine
            key={`${sender} ${receiver}`}
            from={places.get(sender)!}
            to={places.get(receiver)!}
          />
        ))}
        {travellers.slice(0, travellersMax).map((traveller) => (
          <Path key={traveller.number} traveller={traveller} places={places} radius={radius} />
        ))}
        {run.chronicle.clients?.map((name) => (
          <g
            key={name}
            class={name === actor ? 'client acting' : 'client'}
            transform={`translate(${places.get(name)!.x} ${places.get(name)!.y})`}
          >
            <rect x="-20" y="-14" width="40" height="28" rx="4" />
            <text>{name}</text>
          </g>
        ))}
        {run.chronicle.nodes.map((name) => (
          <NodeCircle
            key={name}
            name={name}
            place={places.get(name)!}
            isActing={name === actor}
            radius={radius}
            status={run.statusOf(name, cursor)}
            values={run.values}
            headlines={headlinesOf(run.history, before, now, name)}
          />
        ))}
        {travellers.slice(0, travellersMax).map((traveller) => (
          <Envelope key={traveller.number} traveller={traveller} places={places} radius={radius} />
        ))}
        <Arrivals arrivals={travellers.filter(({ isArriving }) => isArriving)} />
      </svg>
      {travellers.length > travellersMax && (
        <figcaption>and {travellers.length - travellersMax} more messages on their way</figcaption>
      )}
    </figure>
  );
}

function CutLine({ from, to }: { from: Place; to: Place }) {
  const middle = between(from, to, 0.5);
  return (
    <g class="cut">
      <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
      <text x={middle.x} y={middle.y}>
        cut
      </text>
    </g>
  );
}

interface TravellerProps {
  traveller: Traveller;
  places: Map<string, Place>;
  radius: number;
}

function Path({ traveller, places, radius }: TravellerProps) {
  const [from, to] = wayOf(traveller.message, places, radius);
  return (
    <line
      class={traveller.isArriving ? 'way arriving' : 'way'}
      x1={from.x}
      y1={from.y}
      x2={to.x}
      y2={to.y}
    />
  );
}

function Envelope({ traveller, places, radius }: TravellerProps) {
  const { message, isArriving, isLost } = traveller;
  const home = places.get(message.from)!;
  const isSelf = message.from === message.to;
  const way = wayOf(message, places, radius);
  const at = isSelf
    ? { x: home.x, y: home.y - radius - 10 }
    : between(...way, isArriving ? 0.5 : traveller.part);
  const value =
    typeof message.fields?.['value'] === 'string' ? valueIn(message.fields['value']) : null;
  const look = value === null ? null : lookOf(value);
  return (
    <g
      class={`envelope${isArriving ? ' arriving' : ''}${isLost ? ' lost' : ''}`}
      style={{ transform: `translate(${at.x}px, ${at.y}px)` }}
    >
      <title>{`${message.from} → ${message.to} ${message.text}`}</title>
      {look ? (
        <path d={outline(look.shape, 6)} fill={`var(${look.colour})`} />
      ) : (
        <rect x="-6" y="-4" width="12" height="8" />
      )}
    </g>
  );
}

/** What arrives now, said in the middle of the ring, where no node is in the way. */
function Arrivals({ arrivals }: { arrivals: Traveller[] }) {
  const [first, ...others] = arrivals;
  if (!first) {
    return null;
  }
  const label = shortLabel(first.message.type, first.message.fields);
  return (
    <text class="arrivals" x={centre.x} y={centre.y}>
      {first.isLost ? `lost: ${label}` : label}
      {others.length > 0 && ` and ${others.length} more`}
    </text>
  );
}

interface NodeProps {
  name: string;
  place: Place;
  radius: number;
  isActing: boolean;
  status: string;
  headlines: Headline[];
  values: ReadonlySet<string>;
}

function NodeCircle({ name, place, radius, isActing, status, headlines, values }: NodeProps) {
  const voted = headlines.map(({ value }) => valueIn(value)).find((value) => value !== null);
  const look = voted && (values.has(voted) || voted === 'yes') ? lookOf(voted) : null;
  return (
    <g
      class={`node ${status}${isActing ? ' acting' : ''}`}
      transform={`translate(${place.x} ${place.y})`}
    >
      <circle r={radius} style={look ? { stroke: `var(${look.colour})` } : {}} />
      <text class="name" y="-29">
        {name}
        {status === 'up' ? '' : ` ${status}`}
      </text>
      {headlines.slice(0, 2).map(({ label, value, isNew }, i) => (
        <g key={label} transform={`translate(0 ${-12 + i * 26})`} class={isNew ? 'new' : ''}>
          <text class="label" y="0">
            {label}
          </text>
          <text class="held" y="12">
            {value === 'none' || value === '' ? '–' : value}
          </text>
        </g>
      ))}
      {look && (
        <path
          d={outline(look.shape, 7)}
          transform={`translate(${radius * 0.72} ${-radius * 0.72})`}
          fill={`var(${look.colour})`}
          class="voted"
        />
      )}
    </g>
  );
}
