import { randomBytes } from 'node:crypto';
import { bad, type Fields, isUpload, Refused } from './wire.js';

const MB = 1024 * 1024;
/** core.telegram.org/bots/api#getfile */
const DOWNLOAD_LIMIT = 20 * MB;
/** core.telegram.org/bots/api#sending-files */
const UPLOAD_LIMIT = { photo: 10 * MB, document: 50 * MB } as const;

interface StoredFile {
  readonly id: string;
  readonly path: string;
  readonly bytes: Buffer;
}

/** Files on Telegram's side, of people and of the bot. */
export class Files {
  readonly #byId = new Map<string, StoredFile>();
  #count = 0;

  add(folder: string, extension: string, bytes: Buffer): StoredFile {
    const file: StoredFile = {
      id: `AgACAg${randomBytes(30).toString('base64url')}`,
      path: `${folder}/file_${this.#count++}.${extension}`,
      bytes,
    };
    this.#byId.set(file.id, file);
    return file;
  }

  /** getFile */
  describe(id: unknown): object {
    const file = this.#byId.get(String(id ?? ''));
    if (!file) throw bad('invalid file_id');
    if (file.bytes.length > DOWNLOAD_LIMIT) throw bad('file is too big');
    return { file_id: file.id, file_unique_id: 'u', file_size: file.bytes.length, file_path: file.path };
  }

  at(path: string): Buffer | undefined {
    return [...this.#byId.values()].find((file) => file.path === path)?.bytes;
  }

  /** The file that sendPhoto or sendDocument names or brings. */
  taken(fields: Fields, kind: 'photo' | 'document'): StoredFile {
    const value = fields[kind];
    if (isUpload(value)) {
      if (value.bytes.length === 0) throw bad('file must be non-empty');
      if (value.bytes.length > UPLOAD_LIMIT[kind]) throw new Refused(413, 'Request Entity Too Large');
      if (kind === 'photo' && !isPicture(value.bytes)) throw bad('IMAGE_PROCESS_FAILED');
      return this.add(kind === 'photo' ? 'photos' : 'documents', 'bin', value.bytes);
    }
    if (typeof value !== 'string' || value === '') throw bad(`there is no ${kind} in the request`);
    const known = this.#byId.get(value);
    if (!known) throw bad("wrong remote file identifier specified: can't unserialize it. Wrong last symbol");
    return known;
  }

  /** Telegram has forgotten all files, as after a change of the bot. */
  forgetAll(): void {
    this.#byId.clear();
  }
}

const isPicture = (bytes: Buffer): boolean =>
  bytes.subarray(0, 4).toString('hex') === '89504e47' || bytes.subarray(0, 3).toString('hex') === 'ffd8ff';
