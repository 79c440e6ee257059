import {
  CannotOpen,
  makeKeyPair,
  openText,
  openWithPassphrase,
  pairOf,
  seal,
  sealWithPassphrase,
} from './sealing.js';

describe('sealing', () => {
  it('opens for each recipient and for nobody else', async () => {
    const [office, above, stranger] = [await makeKeyPair(), await makeKeyPair(), await makeKeyPair()];
    const sealed = await seal('chuyện của một đứa trẻ', [office.recipient, above.recipient]);
    expect(Buffer.from(sealed).includes('đứa trẻ')).toBe(false);
    expect(await openText(sealed, [office.identity])).toBe('chuyện của một đứa trẻ');
    expect(await openText(sealed, [stranger.identity, above.identity])).toBe('chuyện của một đứa trẻ');
    await expect(openText(sealed, [stranger.identity])).rejects.toThrow(CannotOpen);
  });

  it('does not open what was changed', async () => {
    const { recipient, identity } = await makeKeyPair();
    const sealed = await seal('một', [recipient]);
    sealed[sealed.length - 1] = (sealed[sealed.length - 1] ?? 0) ^ 1;
    await expect(openText(sealed, [identity])).rejects.toThrow(CannotOpen);
  });

  it('takes a key as a person types it from paper, and refuses what is none', async () => {
    const { recipient, identity } = await makeKeyPair();
    const typed = ` ${identity.slice(0, 40).toLowerCase()}\n${identity.slice(40)} `;
    expect((await pairOf(typed)).recipient).toBe(recipient);
    await expect(pairOf('AGE-SECRET-KEY-PQ-1ABC')).rejects.toThrow(CannotOpen);
  });

  it('opens with the passphrase and with no other', async () => {
    const sealed = await sealWithPassphrase('khóa', 'câu dài của tôi');
    expect(await openWithPassphrase(sealed, 'câu dài của tôi')).toBe('khóa');
    await expect(openWithPassphrase(sealed, 'câu dài của tui')).rejects.toThrow(CannotOpen);
  });
});
