import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { login } from '../channels/zalo/login.js';
import { WrongSetting } from '../settings.js';
import { loadTexts } from '../texts/texts.js';

/** `npm run zalo -- login`: asks the Official Account's admin for the grant that the service needs. */
const texts = loadTexts('locales/vi/terminal');
const [command, ...args] = process.argv.slice(2);

async function ask(question: string): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await Promise.race([
      lines.question(`${question} `),
      new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined))),
    ]);
  } finally {
    lines.close();
  }
}

try {
  if (command === 'login') {
    process.exitCode = await login(
      { texts, environment: process.env, print: (line) => console.log(line), ask, randomBytes },
      args,
    );
  } else {
    console.error(texts.say('zalo.usage', 'adult', { usual: 'PUBLIC_URL/webhooks/zalo' }));
    process.exitCode = 2;
  }
} catch (error) {
  if (!(error instanceof WrongSetting)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
