import { GraphQLError } from "graphql";

/**
 * Something that is valid at Shopify and that the simulator cannot do yet. It is never answered with
 * a silent null: whoever meets it adds the field to the store (see simulator/README.md).
 */
export class NotSimulatedError extends GraphQLError {
  constructor(what: string) {
    super(`${what} is not simulated yet`, { extensions: { code: "NOT_SIMULATED" } });
    this.name = "NotSimulatedError";
  }
}
