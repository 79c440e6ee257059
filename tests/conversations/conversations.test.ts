import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { createMind } from '../../src/commands/practice-mind.js';
import { coverStories } from '../../src/commands/story-coverage.js';
import { readAttachments } from '../../src/conversation/attachments.js';
import { MAX_OWN_CHOICES } from '../../src/conversation/choices.js';
import { createEngine } from '../../src/conversation/engine.js';
import { loadFlows } from '../../src/conversation/load-flows.js';
import { CHANNEL_NAMES } from '../../src/conversation/message.js';
import { createPlayer, type Turn } from '../../src/conversation/stories/play.js';
import { recordTexts } from '../../src/conversation/stories/recording-texts.js';
import { contentOf, officeOf, readTranscripts } from '../../src/conversation/stories/transcript.js';
import { copyTalk } from '../../src/conversation/talk-state.js';
import { createTellingWords } from '../../src/conversation/telling-words.js';
import { loadTexts } from '../../src/texts/texts.js';

const root = process.cwd();
const folder = path.join(root, 'tests/conversations');
const attachments = readAttachments(path.join(root, 'locales/vi/attachments'));
const texts = recordTexts(loadTexts(path.join(root, 'locales/vi/messages')));
const { flows } = loadFlows(path.join(root, 'flows'));
const mind = createMind(root);
const engine = createEngine({ flows, texts, mind });
const telling = createTellingWords(texts);
const transcripts = readTranscripts(folder);

/** With UPDATE_TRANSCRIPTS=1 what came back is written into the files; read the difference before keeping it. */
const update = process.env.UPDATE_TRANSCRIPTS === '1';

describe.each(CHANNEL_NAMES)('on %s', (channel) => {
  const here = transcripts.filter(({ channels }) => channels?.includes(channel) ?? true);
  test.each(here.map((transcript) => [transcript.story, transcript] as const))('%s', (_, transcript) => {
    const office = officeOf(transcript);
    const played = office ? createEngine({ flows, texts, mind, officeAt: office }) : engine;
    const player = createPlayer(played, mind, transcript, channel);
    let last: (Turn & { forget: boolean }) | undefined;
    let forgot = false;
    const replies = new Map<number, string[]>();
    transcript.steps.forEach((step, index) => {
      if ('wait' in step) player.wait(step.wait);
      else if ('silence' in step) {
        const outgoing = player.silence(step.silence);
        for (const { text } of outgoing) expect(telling(text)).toBeUndefined();
        if (last) last = { ...last, outgoing };
      } else if ('bot' in step) {
        const said = (last?.outgoing ?? []).map((message, place) =>
          step.bot[place] === 'any' ? 'any' : texts.describe(message),
        );
        const seen = withoutOptional(said, step.bot);
        const expected = step.bot.filter((key) => key !== 'answer?');
        if (!update) expect(seen).toEqual(expected);
        else if (seen.join() !== expected.join()) replies.set(index, said);
      } else if ('offers' in step) {
        const offered = last?.outgoing.at(-1)?.choices.map(({ id }) => id) ?? [];
        expect(offered).toEqual(expect.arrayContaining(step.offers));
      } else if ('voice' in step) expect((last && copyTalk(last.talk)?.voice) ?? 'teen').toBe(step.voice);
      else {
        const said = contentOf(step);
        if (!said) throw new Error('a step that nobody does');
        const before = last;
        last = player.take(said);
        forgot ||= last.forget;
        keepsItsPromises(last);
        if (before) doesNotRepeatItself(before, last);
      }
    });
    if (update && channel === (transcript.channels?.[0] ?? 'webchat')) rewrite(transcript.file, replies);
    if (transcript.then?.calls) expect(player.calls).toMatchObject(transcript.then.calls);
    if (transcript.then?.forget !== undefined) expect(forgot).toBe(transcript.then.forget);
  });
});

test('there are enough stories, and enough in which something goes wrong', () => {
  expect(new Set(transcripts.map(({ story }) => story)).size).toBeGreaterThanOrEqual(120);
  expect(transcripts.filter(({ goes_wrong }) => goes_wrong !== undefined).length).toBeGreaterThanOrEqual(15);
});

test('the stories touch what `flows -- coverage` wants', () => {
  const { touched, all } = coverStories(root, flows, loadTexts(path.join(root, 'locales/vi/messages')));
  expect(touched / all).toBeGreaterThanOrEqual(0.95);
});

/** `answer?` in a story: an answer may come there, as the understanding sees fit. */
function withoutOptional(said: readonly string[], expected: readonly string[]): string[] {
  return said.filter((key) => !(key === 'answer' && expected.includes('answer?')));
}

/** A question's own, and those the engine adds: a person, send now, skip or keep, drop, back. */
const MAX_CHOICES = MAX_OWN_CHOICES + 5;

/** What holds in every turn of every story. */
function keepsItsPromises(turn: Turn & { forget: boolean }): void {
  const { outgoing, talk, said } = turn;
  const words = 'text' in said ? said.text : undefined;
  expect(outgoing.length).toBeGreaterThan(0);
  if (turn.danger) expect(outgoing[0]?.kind).toBe('danger');
  for (const message of outgoing) {
    expect(message.text.trim()).not.toBe('');
    expect(message.text.length).toBeLessThanOrEqual(2000);
    expect(message.choices.length).toBeLessThanOrEqual(MAX_CHOICES);
    for (const { id } of message.choices) expect(Buffer.byteLength(id)).toBeLessThanOrEqual(64);
    if (words !== undefined && words.length > 25) expect(message.text).not.toContain(words);
  }
  // What people send never comes back to whoever holds the phone: only files of our own go out.
  expect(JSON.stringify(outgoing)).not.toMatch(/\bfile-\d/);
  for (const { attachment } of outgoing) if (attachment) expect(attachments.has(attachment.file)).toBe(true);
  const end = outgoing.at(-1);
  if (!turn.forget) expect((end?.choices.length ?? 0) > 0 || end?.input !== undefined).toBe(true);
  // Whoever looks at the phone sees the last message. What staff wrote and reviewed answers are what was asked for.
  if (end && (end.kind === 'text' || end.kind === 'question')) expect(telling(end.text)).toBeUndefined();
  const stored = JSON.stringify(talk);
  expect(stored).not.toMatch(/0912 ?345 ?678/);
  const told = words?.length ?? 0;
  expect(stored.length).toBeLessThan(4000 + told);
}

/** What was not understood is answered in other words than the time before. */
function doesNotRepeatItself(before: Turn, now: Turn): void {
  if (!copyTalk(now.talk)?.unclear || !copyTalk(before.talk)?.unclear) return;
  expect(now.outgoing.at(-1)?.text).not.toBe(before.outgoing.at(-1)?.text);
}

function rewrite(file: string, replies: ReadonlyMap<number, string[]>): void {
  const document = parseDocument(readFileSync(path.join(folder, file), 'utf8'));
  for (const [index, said] of replies) document.setIn(['steps', index, 'bot'], document.createNode(said));
  writeFileSync(path.join(folder, file), document.toString({ lineWidth: 0, flowCollectionPadding: false }));
}
