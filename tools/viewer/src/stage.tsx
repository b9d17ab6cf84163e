// The stage: nodes in a ring, clients outside, messages on their way between them.
import { useMemo } from 'preact/hooks';
import type { Message } from './data';
import { headlinesOf, type Headline } from './headlines';
import type { RunModel } from './run_model';
import { shortLabel } from './diagram/arrows';
import { fittedIn } from './fitting';
import type { MessageLook } from './message_looks';
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
  const corners = [30, size.height - 30].flatMap((y) =>
    [34, size.width - 34].map((x) => ({ x, y })),
  );
  clients.forEach((name, i) => nodePlaces.set(name, corners[i % corners.length]!));
  return nodePlaces;
}

/** No higher than it must be. */
const heightOf = (places: Map<string, Place>, radius: number) =>
  Math.min(size.height, 10 + Math.max(...[...places.values()].map(({ y }) => y + radius)));

interface Traveller {
  number: number;
  message: Message;
  look: MessageLook;
  isArriving: boolean;
  isLost: boolean;
  part: number; // of the way
}

interface OnStage {
  travellers: Traveller[]; // those that arrive now, then the soonest to arrive; not all
  count: number; // of all
}

/** In time linear in how many are on their way: they may be many thousands. */
function travellersAt(run: RunModel, cursor: number): OnStage {
  const { messages, steps } = run.chronicle;
  const endOf = ({ delivered_in, dropped_in }: Message) =>
    delivered_in ?? dropped_in ?? steps.length;
  const numbers = run.inFlightAt(cursor);
  const part = (number: number) => {
    const { sent_in = 0 } = messages[number]!;
    const end = endOf(messages[number]!);
    return end === cursor ? 2 : (cursor - sent_in) / Math.max(1, end - sent_in);
  };
  const parts = Float64Array.from(numbers, part);
  const least = parts.slice().sort().at(-travellersMax) ?? 0;
  let ties = travellersMax - parts.reduce((sum, one) => sum + Number(one > least), 0);
  const travellers = numbers
    .filter((_, i) => parts[i]! > least || (parts[i] === least && ties-- > 0))
    .map((number) => ({
      number,
      message: messages[number]!,
      look: run.looks.lookOf(messages[number]!, number),
      isArriving: endOf(messages[number]!) === cursor,
      isLost: messages[number]!.dropped_in === cursor,
      part: 0.05 + 0.9 * Math.min(1, part(number)),
    }));
  const byArrival = (a: Traveller, b: Traveller) =>
    Number(b.isArriving) - Number(a.isArriving) || b.part - a.part;
  return { travellers: travellers.sort(byArrival), count: numbers.length };
}

function between(from: Place, to: Place, part: number): Place {
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** From edge to edge: a node is a circle, and a client is smaller. */
function wayOf(message: Message, places: Map<string, Place>, radius: number): [Place, Place] {
  const from = places.get(message.from)!;
  const to = places.get(message.to)!;
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const room = (place: Place) =>
    (Math.hypot(place.x - centre.x, place.y - centre.y) < 160 ? radius + 9 : 24) / length;
  return [between(from, to, room(from)), between(to, from, room(to))];
}

export function Stage({ run, cursor }: { run: RunModel; cursor: number }) {
  const places = useMemo(() => placesOf(run), [run]);
  const before = useMemo(() => run.history.after(cursor - 1), [run, cursor]);
  const now = useMemo(() => run.history.after(cursor), [run, cursor]);
  const radius = radiusIn(run);
  const { travellers, count } = travellersAt(run, cursor);
  const actor = run.chronicle.steps[cursor]?.actor;
  const cuts = run.cutSpans.filter((cut) => isWithin(cut, cursor));
  return (
    <figure class="stage">
      <svg
        viewBox={`0 0 ${size.width} ${heightOf(places, radius)}`}
        role="img"
        aria-label="The nodes at this moment"
      >
        {cuts.map(({ sender, receiver }) => (
          <CutLine
            key={`${sender} ${receiver}`}
            from={places.get(sender)!}
            to={places.get(receiver)!}
            nodes={run.chronicle.nodes.map((name) => places.get(name)!)}
            radius={radius}
          />
        ))}
        {travellers.map((traveller) => (
          <Path key={traveller.number} traveller={traveller} places={places} radius={radius} />
        ))}
        {run.chronicle.clients?.map((name) => (
          <g
            key={name}
            class={name === actor ? 'client acting' : 'client'}
            transform={`translate(${places.get(name)!.x} ${places.get(name)!.y})`}
          >
            <rect x="-20" y="-14" width="40" height="28" rx="4" />
            <text>{fittedIn(name, '12px', 36)}</text>
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
        {travellers.map((traveller) => (
          <Envelope key={traveller.number} traveller={traveller} places={places} radius={radius} />
        ))}
      </svg>
      <Caption travellers={travellers} unseen={count - travellers.length} />
    </figure>
  );
}

interface CutLineProps {
  from: Place;
  to: Place;
  nodes: Place[];
  radius: number;
}

/** Its word stands on it where no node is. */
function CutLine({ from, to, nodes, radius }: CutLineProps) {
  const isFree = ({ x, y }: Place) =>
    nodes.every((node) => Math.hypot(node.x - x, node.y - y) > radius + 12);
  const places = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].map((part) => between(from, to, part));
  const place = places.find(isFree);
  return (
    <g class="cut">
      <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
      {place && (
        <text x={place.x} y={place.y}>
          cut
        </text>
      )}
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
  const { colour, dash } = traveller.look;
  return (
    <line
      style={{ stroke: `var(${colour})` }}
      stroke-dasharray={dash.join(' ')}
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
  const style = { stroke: `var(${traveller.look.colour})` };
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
        <rect x="-6" y="-4" width="12" height="8" style={style} />
      )}
    </g>
  );
}

/** What arrives now, below the picture: there it covers nothing, however long it is. */
function Caption({ travellers, unseen }: { travellers: Traveller[]; unseen: number }) {
  const [first, ...others] = travellers.filter(({ isArriving }) => isArriving);
  return (
    <figcaption>
      {first && (
        <strong class="arrivals">
          {first.isLost ? 'lost: ' : ''}
          {shortLabel(first.message.type, first.message.fields)}
          {others.length > 0 && ` and ${others.length} more`}
        </strong>
      )}
      {unseen > 0 && <span>and {unseen.toLocaleString('en')} more messages on their way</span>}
    </figcaption>
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
  /** As much of a text as the circle holds at that height. */
  const held = (text: string, y: number, font: string) => {
    const half = Math.sqrt(Math.max(0, radius ** 2 - (Math.abs(y) + 6) ** 2));
    return fittedIn(text, font, 2 * half - 4);
  };
  const fit = radius / 54; // of what stands in it
  const voted = headlines.map(({ value }) => valueIn(value)).find((value) => value !== null);
  const look = voted && (values.has(voted) || voted === 'yes') ? lookOf(voted) : null;
  return (
    <g
      class={`node ${status}${isActing ? ' acting' : ''}`}
      transform={`translate(${place.x} ${place.y})`}
    >
      <circle r={radius} style={look ? { stroke: `var(${look.colour})` } : {}} />
      <title>
        {[name, status, ...headlines.map((one) => `${one.label} ${one.value}`)].join(', ')}
      </title>
      <text class="name" y={-29 * fit}>
        {held(status === 'up' ? name : `${name} ${status}`, -29 * fit, '700 14px')}
      </text>
      {headlines.slice(0, 2).map(({ label, value, isNew }, i) => {
        const y = (-12 + i * 26) * fit;
        const text = value === 'none' || value === '' ? '–' : value;
        return (
          <g key={label} class={isNew ? 'new' : ''}>
            <text class="label" y={y}>
              {held(label, y, '10px')}
            </text>
            <text class="held" y={y + 12 * fit}>
              {held(text, y + 12 * fit, `${isNew ? 700 : 400} 12.5px`)}
            </text>
          </g>
        );
      })}
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
