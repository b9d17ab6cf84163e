// A made-up run in the shape of scenarios/chronicle/chronicle.h, as long as wanted: ballot after ballot, with
// every kind of step among them. For what a real trace seldom has: 50,000 steps, or names that are
// traps for a page.

class Writer {
  steps = [];
  messages = [];
  lastOf = new Map();
  disk = new Map();

  constructor(nodes) {
    for (const node of nodes)
      this.disk.set(node, { promised: 'none', vote: 'none', round_tried: '0' });
  }

  step(kind, actor, text, more = {}) {
    const { causes = [], ...rest } = more;
    const earlier = actor && this.lastOf.has(actor) ? [this.lastOf.get(actor)] : [];
    const index = this.steps.length;
    this.steps.push({
      trace_index: index,
      at: index * 3,
      kind,
      text,
      ...(actor ? { actor } : {}),
      causes: [...new Set([...earlier, ...causes])],
      ...rest,
    });
    if (actor) this.lastOf.set(actor, index);
    return index;
  }

  send(from, to, type, fields) {
    const sent_in = this.steps.length - 1;
    const words = Object.entries(fields)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
    this.messages.push({
      from,
      to,
      type,
      text: `${type} (${words})`,
      fields,
      said_in: sent_in,
      sent_in,
    });
    const index = this.messages.length - 1;
    (this.steps[sent_in].sent ??= []).push(index);
    return index;
  }

  deliver(index, more = {}) {
    const message = this.messages[index];
    const step = this.step(
      'deliver',
      message.to,
      `${message.from} → ${message.to}  ${message.text}`,
      { packet: index, input: message.type, causes: [message.sent_in], ...more },
    );
    message.delivered_in = step;
    return step;
  }

  drop(index) {
    const message = this.messages[index];
    message.dropped_in = this.step(
      'drop',
      '',
      `lost: ${message.from} → ${message.to}  ${message.text}`,
      { packet: index, causes: [message.sent_in] },
    );
  }

  duplicate(index) {
    const message = this.messages[index];
    const step = this.step('duplicate', '', `doubled: ${message.text}`, {
      packet: index,
      causes: [message.sent_in],
    });
    this.messages.push({ ...message, copy_of: index, sent_in: step });
    delete this.messages.at(-1).delivered_in;
    return this.messages.length - 1;
  }

  write(node, name, after) {
    const before = this.disk.get(node)[name];
    this.disk.get(node)[name] = after;
    return this.step('finish_write', node, `${node}'s write is durable`, {
      changes: [{ node, part: 'disk', name, before, after }],
      consequences: [`on ${node}'s disk: ${name} ${after}`],
    });
  }

  crash(node) {
    return this.step('crash', node, `${node} crashes`, {
      changes: [{ node, part: 'memory', name: 'proposer.phase', before: 'idle' }],
      consequences: [`${node} is down`],
    });
  }

  restart(node) {
    return this.step('restart', node, `${node} restarts`, {
      changes: [{ node, part: 'memory', name: 'proposer.phase', after: 'idle' }],
    });
  }
}

const values = ['red', 'blue', 'green', 'orange', 'purple', 'cyan'];

export function madeUpRun(
  stepCount,
  { about = 'A made-up run', value = (i) => values[i % values.length], finding } = {},
) {
  const nodes = ['n1', 'n2', 'n3', 'n4', 'n5'];
  const clients = ['c1', 'c2'];
  const writer = new Writer(nodes);
  for (let round = 1; writer.steps.length < stepCount; ++round) {
    playBallot(writer, nodes, clients, round, value(round));
  }
  const last = writer.steps.length - 1;
  return {
    about,
    protocol: 'paxos',
    mutants: ['sd-pick-own'],
    votes_to_choose: 3,
    nodes,
    clients,
    start: nodes.flatMap((node) => [
      { node, part: 'disk', name: 'promised', value: 'none' },
      { node, part: 'disk', name: 'vote', value: 'none' },
      { node, part: 'disk', name: 'round_tried', value: '0' },
      { node, part: 'memory', name: 'proposer.phase', value: 'idle' },
    ]),
    steps: writer.steps,
    messages: writer.messages,
    skipped: [],
    verdict: 'violated',
    finding: {
      property: 'proposals_safe',
      text: finding ?? 'blue was chosen after red',
      step: last,
    },
  };
}

function playBallot(writer, nodes, clients, round, value) {
  const leader = nodes[round % nodes.length];
  const ballot = `${round}.${leader}`;
  const client = clients[round % clients.length];
  writer.step('request', client, `${client} asks ${leader}  request (value ${value})`);
  const request = writer.send(client, leader, 'request', { request: `${client}#${round}`, value });
  writer.deliver(request);
  writer.write(leader, 'round_tried', String(round));
  const prepares = nodes.map((node) => writer.send(leader, node, 'prepare', { ballot, value }));
  if (round % 7 === 3) {
    writer.step('cut', '', 'cut {n1, n2} from {n3, n4, n5}', {
      cut_from: ['n1', 'n2'],
      cut_to: ['n3', 'n4', 'n5'],
    });
  }
  const promises = [];
  prepares.forEach((prepare, i) => {
    if ((round + i) % 9 === 4) return writer.drop(prepare);
    writer.deliver(prepare);
    writer.write(nodes[i], 'promised', ballot);
    return promises.push(
      writer.send(nodes[i], leader, 'promise', { ballot, vote: writer.disk.get(nodes[i]).vote }),
    );
  });
  if (round % 7 === 3)
    writer.step('heal', '', 'heal', { cut_from: ['n1', 'n2'], cut_to: ['n3', 'n4', 'n5'] });
  for (const promise of promises.slice(0, 3)) writer.deliver(promise);
  const accepts = nodes
    .slice(0, 3)
    .map((node) => writer.send(leader, node, 'accept', { ballot, value }));
  if (round % 5 === 2) {
    writer.crash('n5');
    writer.restart('n5');
  }
  accepts.forEach((accept, i) => {
    const copy = round % 4 === 1 && i === 0 ? writer.duplicate(accept) : null;
    writer.deliver(accept, {
      rule: { name: 'may_accept', source: 'Paxos Made Simple, 2.2, phase 2b' },
    });
    writer.write(nodes[i], 'vote', `${value}@${ballot}`);
    if (i === 2)
      writer.steps.at(-1).news = `${value} is chosen, in ballot ${ballot} by {n1, n2, n3}`;
    if (copy !== null) writer.deliver(copy);
  });
}
