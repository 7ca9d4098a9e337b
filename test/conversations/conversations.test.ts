import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { play } from '../support/transcript';

const files = readdirSync(__dirname).filter((file) => file.endsWith('.txt'));

describe('conversations play back to themselves', () => {
  test.each(files)('%s', async (file) => {
    const path = join(__dirname, file);
    const script = readFileSync(path, 'utf8');
    const played = await play(script);
    if (process.env.WRITE_TRANSCRIPTS === 'yes') writeFileSync(path, played);
    expect(played).toBe(readFileSync(path, 'utf8'));
  });
});
