// One file out of many: script and style go into the page, so that it opens from disk with no
// network. The order and the names of things do not depend on the machine.
import { defineConfig, type Plugin } from 'vite';

/** Inside of a script element, these would end it or hide what follows. */
const harmlessInScript = (code: string) =>
  code.replaceAll('</script', '<\\/script').replaceAll('<!--', '\\x3C!--');

function onePage(): Plugin {
  return {
    name: 'one-page',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') return;
      let html = String(page.source);
      for (const [name, part] of Object.entries(bundle)) {
        if (part.type === 'chunk') {
          html = html.replace(new RegExp(`<script[^>]*${name}[^>]*></script>\\s*`), '');
          html = html.replace(
            '<!-- script -->',
            () => `<script type="module">${harmlessInScript(part.code.trim())}</script>`,
          );
          delete bundle[name];
        } else if (name.endsWith('.css')) {
          html = html.replace(new RegExp(`\\s*<link[^>]*${name}[^>]*>`), '');
          html = html.replace(
            '<!-- style -->',
            () => `<style>${String(part.source).trim()}</style>`,
          );
          delete bundle[name];
        }
      }
      page.fileName = 'viewer.html';
      page.source = html;
    },
  };
}

export default defineConfig({
  base: './',
  build: {
    outDir: 'built',
    target: 'es2022',
    modulePreload: false,
    assetsDir: '',
    rollupOptions: { output: { entryFileNames: 'viewer.js', assetFileNames: 'viewer[extname]' } },
  },
  plugins: [onePage()],
});
