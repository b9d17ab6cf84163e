// Where the reader is, as the end of the page's address: "#step=13", and which run where there are
// two. So a step can be linked to, and a page that is loaded again opens where it was.
import { useEffect, useRef } from 'preact/hooks';

export interface Place {
  step: number; // its number (step_numbers.ts)
  run: string | null; // its title
}

export function placeText({ step, run }: Place): string {
  return run === null ? `step=${step}` : `step=${step}&run=${encodeURIComponent(run)}`;
}

/** Null where the address names no step. */
export function placeIn(address: string): Place | null {
  const words = new URLSearchParams(address.replace(/^#/, ''));
  const step = words.get('step') ?? '';
  return /^\d{1,9}$/.test(step) ? { step: Number(step), run: words.get('run') } : null;
}

const quietFor = 250; // ms: browsers refuse an address that changes with every frame

/** Goes where the address says, then and whenever it changes, and keeps it true. */
export function usePlace(now: Place, go: (place: Place) => void) {
  const latest = useRef(go);
  latest.current = go;
  const text = placeText(now);
  const opened = useRef(text); // where nothing was asked for, the address stays as it is
  useEffect(() => {
    const follow = () => {
      const place = placeIn(location.hash);
      if (place !== null && placeText(place) !== opened.current) latest.current(place);
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => {
    if (text === opened.current) return;
    opened.current = '';
    const timer = setTimeout(() => history.replaceState(null, '', `#${text}`), quietFor);
    return () => clearTimeout(timer);
  }, [text]);
}
