import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { DataFolderInUse, lockDataFolder } from './data-folder-lock.js';

describe('the lock of a data folder', () => {
  let folder: string;
  const lockedBy = (owner: string, age = 0): void => {
    const file = path.join(folder, 'lock');
    writeFileSync(file, owner);
    const time = new Date(Date.now() - age);
    utimesSync(file, time, time);
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is given back and can be taken again', () => {
    lockDataFolder(folder)();
    lockDataFolder(folder)();
  });

  it('holds against a living process of this machine', () => {
    lockedBy(`${process.ppid} on ${hostname()}`);
    expect(() => lockDataFolder(folder)).toThrow(DataFolderInUse);
  });

  it('is taken over from a dead process at once', () => {
    lockedBy(`4194303 on ${hostname()}`);
    lockDataFolder(folder)();
  });

  it('holds against another container that still shows signs of life, and is taken over when it stopped', () => {
    lockedBy('1 on other-container', 3000);
    expect(() => lockDataFolder(folder)).toThrow('1 on other-container');
    lockedBy('1 on other-container', 60_000);
    lockDataFolder(folder)();
  });
});
