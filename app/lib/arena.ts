/**
 * A buffer that is used again and again: pieces are taken from it, used, and given back all at once. Work that makes
 * thousands of short-lived buffers a second would otherwise leave them to a collector that does not see their size.
 */
export class Arena {
  #buffer: Buffer;
  #used = 0;

  constructor(bytes: number) {
    this.#buffer = Buffer.allocUnsafeSlow(bytes);
  }

  /** Room for `length` bytes, valid until `reset`. What does not fit makes the arena grow. */
  take(length: number): Buffer {
    if (this.#used + length > this.#buffer.length) {
      // Pieces taken before keep the old buffer alive as long as they need it.
      this.#buffer = Buffer.allocUnsafeSlow(Math.max(length, this.#buffer.length * 2));
      this.#used = 0;
    }
    this.#used += length;
    return this.#buffer.subarray(this.#used - length, this.#used);
  }

  /** Gives everything back: what was taken must not be used any more. */
  reset(): void {
    this.#used = 0;
  }
}
