import type { DataSet } from './dataset.js';

/**
 * A network of one hidden layer (ReLU) and a softmax, trained by gradient descent. All weights lie in one
 * vector, so that a gradient is a vector that can be summed anywhere: on a host or in a switch.
 */
export class Classifier {
  readonly weights: Float64Array;
  readonly #features: number;
  readonly #hidden: number;
  readonly #classes: number;

  constructor(features: number, hidden: number, classes: number, random: () => number) {
    this.#features = features;
    this.#hidden = hidden;
    this.#classes = classes;
    this.weights = new Float64Array(hidden * (features + 1) + classes * (hidden + 1));
    const boundary = hidden * (features + 1);
    for (let i = 0; i < this.weights.length; i++) {
      // He's initialisation: a spread that keeps activations' size through a ReLU layer.
      const fanIn = i < boundary ? features : hidden;
      this.weights[i] = (random() * 2 - 1) * Math.sqrt(6 / fanIn);
    }
  }

  /** The gradient of the summed cross-entropy loss over `data`, and that loss. */
  gradient(data: DataSet): { readonly gradient: Float64Array; readonly loss: number } {
    const gradient = new Float64Array(this.weights.length);
    const activation = new Float64Array(this.#hidden);
    const scores = new Float64Array(this.#classes);
    const upper = this.#hidden * (this.#features + 1);
    let loss = 0;
    for (const [index, image] of data.images.entries()) {
      this.#forward(image, activation, scores);
      const label = data.labels[index] ?? 0;
      loss -= Math.log(Math.max(scores[label] ?? 0, 1e-300));
      scores[label] = (scores[label] ?? 0) - 1;
      for (let c = 0; c < this.#classes; c++) {
        const row = upper + c * (this.#hidden + 1);
        const delta = scores[c] ?? 0;
        for (let h = 0; h < this.#hidden; h++) add(gradient, row + h, delta * (activation[h] ?? 0));
        add(gradient, row + this.#hidden, delta);
      }
      for (let h = 0; h < this.#hidden; h++) {
        if ((activation[h] ?? 0) <= 0) continue;
        let delta = 0;
        for (let c = 0; c < this.#classes; c++) {
          delta += (scores[c] ?? 0) * (this.weights[upper + c * (this.#hidden + 1) + h] ?? 0);
        }
        const row = h * (this.#features + 1);
        for (let f = 0; f < this.#features; f++) add(gradient, row + f, delta * (image[f] ?? 0));
        add(gradient, row + this.#features, delta);
      }
    }
    return { gradient, loss };
  }

  /** Moves the weights against a gradient. */
  step(gradient: Float64Array, rate: number): void {
    for (let i = 0; i < this.weights.length; i++) add(this.weights, i, -rate * (gradient[i] ?? 0));
  }

  /** The share of `data` that is classified rightly. */
  accuracy(data: DataSet): number {
    const activation = new Float64Array(this.#hidden);
    const scores = new Float64Array(this.#classes);
    let right = 0;
    for (const [index, image] of data.images.entries()) {
      this.#forward(image, activation, scores);
      if (scores.indexOf(Math.max(...scores)) === data.labels[index]) right++;
    }
    return right / data.images.length;
  }

  /** Fills `activation` of the hidden layer and `scores`, the probabilities of the classes. */
  #forward(image: Float64Array, activation: Float64Array, scores: Float64Array): void {
    const weights = this.weights;
    const upper = this.#hidden * (this.#features + 1);
    for (let h = 0; h < this.#hidden; h++) {
      const row = h * (this.#features + 1);
      let sum = weights[row + this.#features] ?? 0;
      for (let f = 0; f < this.#features; f++) sum += (weights[row + f] ?? 0) * (image[f] ?? 0);
      activation[h] = Math.max(0, sum);
    }
    let total = 0;
    for (let c = 0; c < this.#classes; c++) {
      const row = upper + c * (this.#hidden + 1);
      let sum = weights[row + this.#hidden] ?? 0;
      for (let h = 0; h < this.#hidden; h++) sum += (weights[row + h] ?? 0) * (activation[h] ?? 0);
      scores[c] = Math.exp(Math.min(sum, 700));
      total += scores[c] ?? 0;
    }
    for (let c = 0; c < this.#classes; c++) scores[c] = (scores[c] ?? 0) / total;
  }
}

function add(vector: Float64Array, index: number, value: number): void {
  vector[index] = (vector[index] ?? 0) + value;
}
