import { DefaultDeserializer, DefaultSerializer } from 'node:v8';

/** What a packed value may hold besides plain data, maps and sets. Their places here are written: add at the end. */
const ARRAYS = [
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
];
type NumberArray = InstanceType<(typeof ARRAYS)[number]>;

/** Each array begins at a multiple of so many bytes, as the widest number needs. */
const ALIGNED = 8;
/** Before the plain data stands how long it is, in as many bytes. */
const HEAD = 8;

/**
 * Plain data as bytes, its typed arrays one after the other behind it, so that `unpack` need not copy them: what is read
 * is some 30 MB, and a copy of it would stay in memory for good.
 * @throws TypeError for an array that is not of `ARRAYS`.
 */
export function pack(value: unknown): Buffer {
  const arrays: NumberArray[] = [];
  const writer = new ArraysApart(arrays);
  writer.writeHeader();
  writer.writeValue(value);
  const plain = writer.releaseBuffer();
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(plain.length);
  const parts = [head, plain, padding(plain.length)];
  for (const array of arrays)
    parts.push(Buffer.from(array.buffer, array.byteOffset, array.byteLength), padding(array.byteLength));
  return Buffer.concat(parts);
}

/**
 * What `pack` wrote. Its arrays are views of `bytes`, which must begin at a multiple of 8 in its buffer and is not to be
 * changed any more. @throws Error when the bytes are not those of `pack`.
 */
export function unpack(bytes: Uint8Array<ArrayBuffer>): unknown {
  const plain = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const reader = new ArraysBehind(bytes.subarray(HEAD, HEAD + plain), bytes, HEAD + aligned(plain));
  reader.readHeader();
  return reader.readValue();
}

class ArraysApart extends DefaultSerializer {
  readonly #arrays: NumberArray[];

  constructor(arrays: NumberArray[]) {
    super();
    this.#arrays = arrays;
  }

  /** Called by Node for every typed array. */
  _writeHostObject(array: NumberArray): void {
    const type = ARRAYS.findIndex((known) => array instanceof known);
    if (type < 0) throw new TypeError(`cannot pack a ${array.constructor.name}`);
    this.#arrays.push(array);
    this.writeUint32(type);
    this.writeUint32(array.length);
  }
}

class ArraysBehind extends DefaultDeserializer {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #next: number;

  constructor(plain: Uint8Array, bytes: Uint8Array<ArrayBuffer>, arraysFrom: number) {
    super(plain);
    this.#bytes = bytes;
    this.#next = arraysFrom;
  }

  /** Called by Node where an array stood, in the order of writing. */
  _readHostObject(): NumberArray {
    const type = ARRAYS[this.readUint32()];
    const length = this.readUint32();
    if (!type) throw new Error('not written by pack');
    const array = new type(this.#bytes.buffer, this.#bytes.byteOffset + this.#next, length);
    this.#next += aligned(array.byteLength);
    return array;
  }
}

const aligned = (length: number): number => Math.ceil(length / ALIGNED) * ALIGNED;
const padding = (length: number): Buffer => Buffer.alloc(aligned(length) - length);
