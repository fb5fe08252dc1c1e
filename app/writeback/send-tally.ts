/** Of one turn in one shop. `taken`: how many were tried; `isDown`: Shopify could not be asked for it. */
export type SendTally = { taken: number; isDown: boolean };
