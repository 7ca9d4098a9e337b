import {
  evidenceOf,
  fitGate,
  gated,
  insideBy,
  oddsOf,
  OPEN_GATES,
} from '../../services/understanding/gate';

/** Two kinds of evidence, of which the second says nothing. */
const EVIDENCE = Array.from({ length: 400 }, (_, at) => [
  (at % 20) / 4 - 2.5,
  ((at * 7) % 13) * 100,
]);
/** One in ten is not as it seems. */
const INSIDE = EVIDENCE.map(([first = 0], at) => first > 0 !== (at % 10 === 3));

describe('a gate that was fitted', () => {
  const gate = fitGate(EVIDENCE, INSIDE);
  const likeliness = (first: number): number => insideBy(gate, [first, 600]);

  test('opens with the evidence that tells, and does not heed what tells nothing', () => {
    expect(likeliness(2)).toBeGreaterThan(0.8);
    expect(likeliness(-2)).toBeLessThan(0.2);
    expect(Math.abs(insideBy(gate, [1, 0]) - insideBy(gate, [1, 1200]))).toBeLessThan(0.1);
  });

  test('says as much in sum as there were', () => {
    const said = EVIDENCE.reduce((sum, row) => sum + insideBy(gate, row), 0);
    expect(said).toBeCloseTo(INSIDE.filter(Boolean).length, 0);
  });

  test('is the same every time', () => {
    expect(fitGate(EVIDENCE, INSIDE)).toEqual(gate);
  });

  test('does not divide by what never changes', () => {
    const same = EVIDENCE.map(([first = 0]) => [first, 5]);
    expect(fitGate(same, INSIDE).every(Number.isFinite)).toBe(true);
  });
});

describe('shares behind a gate', () => {
  const shares = new Map([
    ['share.no_sell', 0.3],
    ['greeting', 0.1],
    ['out_of_scope', 0.45],
    ['open_question', 0.15],
  ]);

  test('keep their proportions inside and outside', () => {
    const after = gated(shares, 0.8);
    const rounded = [...after].map(([label, share]) => [label, Number(share.toFixed(6))]);
    expect(Object.fromEntries(rounded)).toEqual({
      'share.no_sell': 0.6,
      greeting: 0.2,
      out_of_scope: 0.15,
      open_question: 0.05,
    });
  });

  test.each(['full', 'quick'] as const)('are as they were behind an open one: %s', (care) => {
    const evidence = [oddsOf(0.4), 1, -1, 0.5, 0.5];
    const after = gated(shares, insideBy(OPEN_GATES[care], evidence));
    for (const [label, share] of shares) expect(after.get(label)).toBeCloseTo(share);
  });
});

describe('evidence', () => {
  const classes = ['share.no_sell', 'open_question', 'greeting', 'out_of_scope'];
  const shares = Float64Array.of(0.4, 0.2, 0.1, 0.3);
  const scores = Float64Array.of(0.5, -0.1, -0.8, -0.4);
  const meant = Float64Array.of(0.6, 0.2, 0.1, 0.7);

  test('is the odds, and the best inside and outside by each measure', () => {
    const [odds, ...best] = evidenceOf(classes, shares, [scores, meant]);
    expect(odds).toBeCloseTo(0);
    expect(best).toEqual([0.5, -0.1, 0.6, 0.7]);
  });

  test('is a number where nothing lies outside', () => {
    const [odds, ...best] = evidenceOf(['greeting'], Float64Array.of(1), [Float64Array.of(0.5)]);
    expect(Number.isFinite(odds)).toBe(true);
    expect(best).toEqual([0.5, 0]);
  });
});
