import { render } from 'preact';
import { App } from './app';
import { readPageData } from './data';
import './style.css';

const data = readPageData();
const page = document.getElementById('page')!;
if (data === null) {
  page.textContent = 'No run was put into this page: "synod view TRACE.json" makes one that has.';
} else {
  document.title = `${data.runs[0]?.chronicle.finding?.property ?? data.runs[0]?.chronicle.verdict ?? ''} · synod`;
  render(<App data={data} />, page);
}
