// Texts where there is room: what is placed first stays, and what would lie on it is left out.

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export class Labels {
  private readonly taken: Box[] = [];

  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly font: string,
    private readonly paper: string,
    private readonly left: number,
    private readonly right: number,
  ) {}

  /** Keeps labels off. */
  reserve(left: number, top: number, right: number, bottom: number) {
    this.taken.push({ left, top, right, bottom });
  }

  /** Centred at x, y, or as near as the edges let it; false where there is no room. */
  tryPlace(text: string, wantedX: number, y: number, ink: string, isBold = false): boolean {
    const { context } = this;
    context.font = `${isBold ? 600 : 400} 11px ${this.font}`;
    const half = context.measureText(text).width / 2 + 2;
    const x = Math.max(this.left + half, Math.min(this.right - half, wantedX));
    const box = { left: x - half, top: y - 7, right: x + half, bottom: y + 7 };
    if (this.taken.some((other) => overlap(box, other))) return false;
    this.taken.push(box);
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

const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
