import { readFileSync } from 'node:fs';

/** The package, as seen from dist/test/documents. */
export const ROOT = new URL('../../../', import.meta.url);

export interface Block {
  /** `docs/host.md:8` */
  readonly place: string;
  /** The heading it stands under, without its marks. */
  readonly heading: string;
  readonly text: string;
}

export const readDocument = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

/** Fenced blocks of a document that are marked as of a language. */
export function blocksOf(path: string, language: string): Block[] {
  const blocks: Block[] = [];
  let heading = '';
  let block: { start: number; indent: number; isWanted: boolean; lines: string[] } | undefined;
  for (const [index, line] of readDocument(path).split('\n').entries()) {
    const fence = line.trimStart();
    if (fence.startsWith('```') && block !== undefined) {
      const place = `${path}:${block.start}`;
      if (block.isWanted) blocks.push({ place, heading, text: `${block.lines.join('\n')}\n` });
      block = undefined;
    } else if (fence.startsWith('```')) {
      const indent = line.length - fence.length;
      block = { start: index + 1, indent, isWanted: fence === `\`\`\`${language}`, lines: [] };
    } else if (block !== undefined) {
      block.lines.push(line.slice(block.indent));
    } else {
      heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
    }
  }
  return blocks;
}

/** JSON objects that stand in the text between backticks. */
export function objectsOf(path: string): Block[] {
  const objects: Block[] = [];
  let heading = '';
  for (const [index, line] of readDocument(path).split('\n').entries()) {
    heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
    for (const [, text = ''] of line.matchAll(/`(\{".*?\})`/g)) {
      try {
        JSON.parse(text);
      } catch {
        // `{"channel","host","port"}` tells fields, and is no example.
        continue;
      }
      objects.push({ place: `${path}:${index + 1}`, heading, text });
    }
  }
  return objects;
}
