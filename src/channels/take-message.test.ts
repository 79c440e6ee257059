import type { Incoming, Outgoing } from '../conversation/message.js';
import type { TurnOutcome } from '../conversation/turn.js';
import { type Sender, SendFault } from './channel.js';
import { takeMessage } from './take-message.js';

const incoming: Incoming = {
  channel: 'telegram',
  messageId: 'm1',
  contact: 'c1',
  address: 'a1',
  content: { kind: 'text', text: 'cứu con' },
};
const card: Outgoing = { id: 'o1', kind: 'danger', text: 'Gọi 111.', choices: [], sources: [] };
const log = { info() {}, warn() {}, error() {} };

function scene(outcome: TurnOutcome | Promise<TurnOutcome>, refuses = false) {
  const sent: [string, string, number][] = [];
  const sender: Sender = {
    pieces: () => 2,
    async send(address, message, piece) {
      if (refuses) throw new SendFault('away', { kind: 'retry' });
      sent.push([address, message.id, piece]);
      return '';
    },
  };
  return { sent, parts: { receive: async () => outcome, sender, log } };
}
const soon = () => new Promise((done) => setImmediate(done));

describe('carrying a message through its turn', () => {
  it.each([
    ['done', 'taken'],
    ['duplicate', 'duplicate'],
  ] as const)(
    'a turn that is %s may be acknowledged as %s, nothing is sent from here',
    async (kind, result) => {
      const { parts, sent } = scene({ kind, messages: [card] });
      await expect(takeMessage(parts, incoming)).resolves.toBe(result);
      await soon();
      expect(sent).toEqual([]);
    },
  );

  it('says every piece of the card at once when nothing could be stored, and asks for the message again', async () => {
    const { parts, sent } = scene({ kind: 'unavailable', messages: [card] });
    await expect(takeMessage(parts, incoming)).resolves.toBe('not_stored');
    await soon();
    expect(sent).toEqual([
      ['a1', 'o1', 0],
      ['a1', 'o1', 1],
    ]);
  });

  it('does not say it again to a redelivery', async () => {
    const { parts, sent } = scene({ kind: 'unavailable', messages: [card] });
    await expect(takeMessage(parts, incoming, false)).resolves.toBe('not_stored');
    await soon();
    expect(sent).toEqual([]);
  });

  it('tells when the card did not go out', async () => {
    const { parts } = scene({ kind: 'unavailable', messages: [card] }, true);
    let unsaid = 0;
    await expect(
      takeMessage(parts, incoming, true, () => {
        unsaid += 1;
      }),
    ).resolves.toBe('not_stored');
    await soon();
    expect(unsaid).toBe(1);
  });

  it('answers the platform in time when the turn is slow', async () => {
    const started = Date.now();
    const { parts } = scene(new Promise<TurnOutcome>(() => undefined));
    await expect(takeMessage(parts, incoming)).resolves.toBe('not_stored');
    expect(Date.now() - started).toBeLessThan(2_000);
  });
});
