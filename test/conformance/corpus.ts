import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadProgram } from '../../switch/index.js';
import { runStf } from './runner.js';
import { parseStf } from './stf.js';

/** A program of the corpus: NAME.json with its NAME.stf. */
export interface CorpusCase {
  readonly name: string;
  readonly directory: string;
}

/** The cases of a directory in order of name. */
export function corpusCases(directory: string): CorpusCase[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ name: file.slice(0, -'.json'.length), directory }));
}

/** Runs a case. Returns what is wrong with it, nothing where it passes. */
export function runCase({ name, directory }: CorpusCase): string[] {
  const script = join(directory, `${name}.stf`);
  if (!existsSync(script)) return [`there is no ${name}.stf`];
  try {
    const document: unknown = JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8'));
    return runStf(loadProgram(document), parseStf(readFileSync(script, 'utf8')));
  } catch (error) {
    return [error instanceof Error ? `${error.name}: ${error.message}` : String(error)];
  }
}
