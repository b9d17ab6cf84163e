// Texts where there is room: what is placed first stays, and what would lie on it is left out. Marks
// keep their places before any text is placed, so that none covers one.

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export class Labels {
  private readonly rows = new Map<number, Box[]>();

  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly font: string,
    private readonly paper: string,
    private readonly left: number,
    private readonly right: number,
  ) {}

  /** Keeps labels off. */
  reserve(left: number, top: number, right: number, bottom: number) {
    const box = { left, top, right, bottom };
    for (const row of rowsOf(box)) {
      const boxes = this.rows.get(row);
      if (boxes) boxes.push(box);
      else this.rows.set(row, [box]);
    }
  }

  /** False where anything of it is taken. */
  tryReserve(box: Box): boolean {
    const isTaken = rowsOf(box).some((row) =>
      this.rows.get(row)?.some((other) => overlap(box, other)),
    );
    if (!isTaken) this.reserve(box.left, box.top, box.right, box.bottom);
    return !isTaken;
  }

  /** Centred at x, y, or as near as the edges let it; false where there is no room. What is wider
   *  than the picture is cut short. */
  tryPlace(wanted: string, wantedX: number, y: number, ink: string, isBold = false): boolean {
    const { context } = this;
    context.font = `${isBold ? 600 : 400} 11px ${this.font}`;
    const text = fitted(context, wanted, this.right - this.left - 8);
    const half = context.measureText(text).width / 2 + 2;
    const x = Math.max(this.left + half, Math.min(this.right - half, wantedX));
    const box = { left: x - half, top: y - 7, right: x + half, bottom: y + 7 };
    if (!this.tryReserve(box)) return false;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.strokeStyle = this.paper;
    context.strokeText(text, x, y);
    context.fillStyle = ink;
    context.fillText(text, x, y);
    return true;
  }
}

const rowHeight = 24;
const rowsOf = ({ top, bottom }: Box) => {
  const first = Math.floor(top / rowHeight);
  return Array.from(
    { length: Math.floor(bottom / rowHeight) - first + 1 },
    (_, row) => first + row,
  );
};

/** The text, or as much of its beginning as is no wider, with a sign for the rest. */
export function fitted(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low).trimEnd()}…`;
}

const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
