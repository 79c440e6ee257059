import { canonicalJson, createChainWalk, entryHash, type FoundEntry, NO_HASH } from './record-chain.js';

const entries = (...kinds: string[]): FoundEntry[] => {
  let previousHash = NO_HASH;
  return kinds.map((kind, index) => {
    const content = { position: index + 1, kind, detail: { to: 'ubnd-1', as: 'move' } };
    const entry = { position: index + 1, previousHash, hash: entryHash(previousHash, content), content };
    previousHash = entry.hash;
    return entry;
  });
};
const walk = (chain: readonly FoundEntry[]) => chain.map(createChainWalk());

test('an entry is written down in one way, whatever the order of its fields', () => {
  expect(canonicalJson({ kind: 'looked', at: 'x', detail: { b: '1', a: 'ừ' }, staff: null })).toBe(
    '{"at":"x","detail":{"a":"ừ","b":"1"},"kind":"looked","staff":null}',
  );
});

test('a chain as it was written holds', () => {
  expect(walk(entries('opened', 'taken', 'closed'))).toEqual([undefined, undefined, undefined]);
});

test('a changed entry, a missing one and one in another place are found where they are', () => {
  const [one, two, three] = entries('opened', 'taken', 'closed') as [FoundEntry, FoundEntry, FoundEntry];
  expect(walk([one, { ...two, content: { ...two.content, kind: 'looked' } }])).toEqual([
    undefined,
    'changed',
  ]);
  expect(walk([one, three])).toEqual([undefined, 'gap']);
  expect(walk([one, { ...three, position: 2 }])).toEqual([undefined, 'not_linked']);
});

test('an entry emptied by retention keeps its place, and what follows still holds', () => {
  const [one, { content: _emptied, ...two }, three] = entries('opened', 'taken', 'closed') as [
    FoundEntry,
    FoundEntry,
    FoundEntry,
  ];
  expect(walk([one, two, three])).toEqual([undefined, undefined, undefined]);
});
