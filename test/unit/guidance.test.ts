import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../bot/root';
import { loadGuidance } from '../../services/guidance';
import { refusal } from '../support/refusal';

const file = readFileSync(path.join(ROOT, 'knowledge/guidance.md'), 'utf8');

test('each danger has its own steps, as they stand in the file', () => {
  const { computer, money } = loadGuidance(file);
  expect(computer).toMatch(/^1\. Disconnect/);
  expect(computer).toContain('1. Disconnect the computer from the internet');
  expect(computer).toMatch(/do not let anyone who calls you connect again\.$/);
  expect(money).toContain('1. Call your bank or card company');
  expect(money).toMatch(/they help to trace it\.$/);
  for (const steps of [computer, money]) {
    expect(steps).not.toMatch(/##|<!--|\{|\}/);
    expect(steps.split('\n').filter((line) => /^\d\. /.test(line))).toHaveLength(5);
  }
});

test('the order of the sections, other sections and Windows line ends make no difference', () => {
  const text =
    '# Notes\r\n\r\n## {money} M\r\n\r\nCall.\r\n\r\n## {other}\r\nX\r\n## {computer}\r\n\r\nPull.\r\n';
  expect(loadGuidance(text)).toEqual({ computer: 'Pull.', money: 'Call.' });
});

test.each([
  ['a section', '## {computer} C\n\nPull the plug.\n', '{money}'],
  ['the text of a section', '## {computer} C\n\nPull.\n\n## {money} M\n\n', '{money}'],
  ['everything', '', '{computer}'],
])('a file without %s is refused, and the section is named', (_what, text, named) => {
  const { code, message } = refusal(() => loadGuidance(text));
  expect(code).toBe('KnowledgeInvalid');
  expect(message).toContain(named);
});
