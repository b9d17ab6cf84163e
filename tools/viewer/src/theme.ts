// Light or dark: the system's, until the reader says otherwise.
import { useEffect, useState } from 'preact/hooks';

const dark = window.matchMedia('(prefers-color-scheme: dark)');

/** The name changes whenever the colours do. */
export function useTheme(): [string, () => void] {
  const [isSystemDark, setSystemDark] = useState(dark.matches);
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    const onChange = () => setSystemDark(dark.matches);
    dark.addEventListener('change', onChange);
    return () => dark.removeEventListener('change', onChange);
  }, []);
  const name = chosen ?? (isSystemDark ? 'dark' : 'light');
  document.documentElement.dataset['theme'] = name;
  return [name, () => setChosen(name === 'dark' ? 'light' : 'dark')];
}
