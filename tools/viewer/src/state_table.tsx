// The state at the cursor: every field of every node, what just changed highlighted.
import { useMemo, useState } from 'preact/hooks';
import type { RunModel } from './run_model';
import { ValueMark } from './value_mark';

interface Row {
  part: string;
  name: string;
  fields: (number | undefined)[]; // by node
  isEverChanged: boolean;
}

/** The fields of all nodes, each name once. */
function rowsOf(run: RunModel): Row[] {
  const { history, chronicle } = run;
  const rows = new Map<string, Row>();
  history.fields.forEach(({ node, part, name }, field) => {
    const key = `${part}\n${name}`;
    const row = rows.get(key) ?? {
      part,
      name,
      fields: chronicle.nodes.map(() => undefined),
      isEverChanged: false,
    };
    row.fields[chronicle.nodes.indexOf(node)] = field;
    row.isEverChanged ||= history.isEverChanged[field]!;
    rows.set(key, row);
  });
  // Fields that came later, as a list grew, stand with those of their kind.
  const groups = new Map<string, number>();
  const groupOf = ({ part, name }: Row) => `${part} ${name.split(/[.[]/)[0]}`;
  for (const row of rows.values())
    if (!groups.has(groupOf(row))) groups.set(groupOf(row), groups.size);
  return [...rows.values()].sort((a, b) => groups.get(groupOf(a))! - groups.get(groupOf(b))!);
}

export function StateTable({ run, cursor }: { run: RunModel; cursor: number }) {
  const [isWhole, setWhole] = useState(false);
  const rows = useMemo(() => rowsOf(run), [run]);
  const before = run.history.after(cursor - 1);
  const now = run.history.after(cursor);
  const shown = rows.filter(
    (row) => isWhole || (row.isEverChanged && !row.name.startsWith('durable.')),
  );
  return (
    <section class="state" aria-label="State">
      <header>
        <h2>State after this step</h2>
        <label>
          <input type="checkbox" checked={isWhole} onChange={() => setWhole(!isWhole)} /> all fields
        </label>
      </header>
      <div class="scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">field</th>
              {run.chronicle.nodes.map((node) => (
                <th scope="col" key={node}>
                  {node}
                  {statusText(run.statusOf(node, cursor))}
                </th>
              ))}
            </tr>
          </thead>
          {['disk', 'memory'].map((part) => (
            <tbody key={part}>
              <tr class="part">
                <th colSpan={run.chronicle.nodes.length + 1}>
                  {part === 'disk' ? 'durable: on disk' : 'volatile: in memory'}
                </th>
              </tr>
              {shown
                .filter((row) => row.part === part)
                .map((row) => (
                  <tr key={row.name}>
                    <th scope="row">{row.name}</th>
                    {row.fields.map((field, node) => (
                      <Cell
                        key={node}
                        values={run.values}
                        now={field === undefined ? '' : (now[field] ?? '')}
                        before={field === undefined ? '' : (before[field] ?? '')}
                      />
                    ))}
                  </tr>
                ))}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  );
}

const statusText = (status: string) => (status === 'up' ? '' : ` (${status})`);

function Cell({
  now,
  before,
  values,
}: {
  now: string;
  before: string;
  values: ReadonlySet<string>;
}) {
  const isChanged = now !== before;
  const isNothing = now === '' || now === 'none';
  return (
    <td
      class={isChanged ? 'changed' : isNothing ? 'none' : ''}
      title={isChanged ? `was ${before || 'not there'}` : undefined}
    >
      {isNothing ? now === '' ? '·' : '–' : <ValueMark text={now} values={values} />}
    </td>
  );
}
