import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { packagePath } from '../package-path.js';

const PIXELS = 64;
const CLASSES = 10;

/** Images as rows of `features` numbers in [0, 1], and the class of each. */
export interface DataSet {
  readonly features: number;
  readonly classes: number;
  readonly images: readonly Float64Array[];
  readonly labels: readonly number[];
}

/** The handwritten digits of experiments/data (its README gives their origin). */
export function loadDigits(): DataSet {
  const path = packagePath('experiments/data/digits.csv.gz');
  const lines = gunzipSync(readFileSync(path)).toString('latin1').trimEnd().split('\n');
  const images: Float64Array[] = [];
  const labels: number[] = [];
  for (const [index, line] of lines.entries()) {
    const row = line.split(',').map(Number);
    const label = row[PIXELS];
    if (row.length !== PIXELS + 1 || label === undefined || row.some((value) => !Number.isFinite(value))) {
      throw new Error(`${path}, line ${index + 1}: expected ${PIXELS + 1} numbers, got ${row.length} fields`);
    }
    images.push(Float64Array.from(row.slice(0, PIXELS), (pixel) => pixel / 16));
    labels.push(label);
  }
  return { features: PIXELS, classes: CLASSES, images, labels };
}

/** Every fourth image is kept back to judge the classifier on; the others are dealt out to the workers in turn. */
export function split(
  data: DataSet,
  workers: number,
): { readonly shards: DataSet[]; readonly held: DataSet } {
  const pick = (keep: (index: number) => boolean): DataSet => ({
    ...data,
    images: data.images.filter((_, index) => keep(index)),
    labels: data.labels.filter((_, index) => keep(index)),
  });
  const training = pick((index) => index % 4 !== 3);
  const shards = Array.from({ length: workers }, (_, worker) => ({
    ...data,
    images: training.images.filter((_, index) => index % workers === worker),
    labels: training.labels.filter((_, index) => index % workers === worker),
  }));
  return { shards, held: pick((index) => index % 4 === 3) };
}
