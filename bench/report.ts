// RESULTS.md: the machine, the table, what each number means, and what falls short.
import { arch, cpus, release, totalmem } from 'node:os';
import { type Finding, kept } from './results.ts';

const verdicts = { true: 'kept', false: '**falls short**', undefined: '' } as const;
const shown = (value: number | null): string => (value === null ? '' : value.toLocaleString('en'));
const wanted = ({ name, limit }: Finding): string =>
  limit === null ? '' : `${name.includes('at least') ? '≥' : '≤'} ${shown(limit)}`;

/** `seconds`: how long the whole bench took. */
export function markdown(findings: readonly Finding[], at: Date, seconds: number): string {
  const [cpu] = cpus();
  const short = findings.filter((finding) => kept(finding) === false);
  return [
    '# What `npm run bench` measured',
    '',
    `Machine: ${cpu?.model ?? 'unknown CPU'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()} ${arch()}; Node ${process.version}; ${at.toISOString().slice(0, 10)}; ${seconds} s in all.`,
    '',
    'Compare the ratios, not the absolute values: other work on the machine moves those. In every part the two sides take',
    'turns in one run; `a` and `b` are the medians of all rounds, `ratio` is the median of the rounds’ own `a / b`, so that',
    'each ratio compares two halves of one moment. CPU is that of the server process alone, user and system, garbage',
    'collection included; the load generator (with the connector that replies are posted to) and the practice are processes of',
    'their own. Bookadoc runs as `npm start` runs it, on its real store; only the EHR’s hourly allowance is larger.',
    '',
    '| measure | a | b | unit | ratio | limit | | rounds |',
    '|---|---|---|---|---|---|---|---|',
    ...findings.map((finding) => {
      const { name, a, b, unit, ratio, rounds } = finding;
      return `| ${name} | ${shown(a)} | ${shown(b)} | ${unit} | ${shown(ratio)} | ${wanted(finding)} | ${verdicts[`${kept(finding)}`]} | ${rounds} |`;
    }),
    '',
    '## What the numbers mean',
    '',
    ...findings.map(({ name, means }) => `- **${name}**: ${means}`),
    '',
    '## What falls short',
    '',
    ...(short.length === 0
      ? ['Nothing.']
      : short.map(
          (finding) => `- ${finding.name}: ${shown(finding.ratio ?? finding.a)}, wanted ${wanted(finding)}.`,
        )),
    '',
  ].join('\n');
}
