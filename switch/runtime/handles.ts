/**
 * Numbers handed out lowest first, as BMv2 hands out its handles: the order in which a selector counts its
 * members follows from it.
 */
export class Handles {
  private readonly taken: boolean[] = [];
  private lowestFree = 0;

  allocate(): number {
    while (this.taken[this.lowestFree]) this.lowestFree++;
    this.taken[this.lowestFree] = true;
    return this.lowestFree++;
  }

  release(handle: number): void {
    this.taken[handle] = false;
    if (handle < this.lowestFree) this.lowestFree = handle;
  }
}
