import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every YAML file below the folder, in a fixed order. A folder that is not there has none. */
export function yamlFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch {
    return [];
  }
}
