import type { GraphQLError } from "graphql";

/** What Shopify's parser says: `syntax error, unexpected end of file`, or the token it stumbled on. */
export function describeSyntaxError(error: GraphQLError): string {
  if (/<EOF>/.test(error.message)) return "syntax error, unexpected end of file";
  const token =
    /(?:Unexpected|found) (?:Name )?(?:character: )?"?([^".]+)"?/.exec(error.message)?.[1] ?? "token";
  return `syntax error, unexpected invalid token ("${token}")`;
}
