/** Why a command cannot be done as it was given, or not here: exit code 2, words and the next step on standard error. */
export class CommandRefusal extends Error {
  override name = "CommandRefusal";
  readonly next: string;

  constructor(message: string, next: string) {
    super(message);
    this.next = next;
  }
}
