// A story for a run that came without an explanation: what it told of itself, in order.
import type { Explanation, Sentence } from './data';
import type { RunModel } from './run_model';

const sentencesMax = 12;

export function fallbackStory(run: RunModel): Explanation {
  const story: Sentence[] = [];
  run.chronicle.steps.forEach((step, number) => {
    if (run.landmarks.violation !== null && run.focusPast[number] === 0) return;
    if (step.news) story.push({ text: `${step.text}: ${step.news}.`, steps: [number] });
    else if (step.departure)
      story.push({ text: `${step.text}: here ${step.actor} left the protocol.`, steps: [number] });
  });
  const { finding } = run.chronicle;
  return {
    headline: '',
    steps: [],
    story: story.slice(-sentencesMax),
    contradiction: finding ? [{ text: `${finding.text}.`, steps: [run.focus] }] : [],
  };
}
