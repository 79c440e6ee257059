import { makeKeyPair, pairOf } from '../reports/sealing.js';
import { loadTexts } from '../texts/texts.js';
import { recoveryKeyPage } from './start-page.js';

test('the recovery key can be typed in again as it was printed', async () => {
  const { identity, recipient } = await makeKeyPair();
  const page = recoveryKeyPage(identity, loadTexts('locales/vi/terminal'));
  const printed = page.split('\n').filter((line) => line.startsWith('    '));
  expect(printed).toHaveLength(3);
  expect((await pairOf(printed.join('\n'))).recipient).toBe(recipient);
});
