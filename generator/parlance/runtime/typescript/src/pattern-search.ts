/** Regular expressions on texts. */

/** Whether *text* contains a match of a regular expression, which has the flag `u` and no state. */
export function matches(expression: RegExp, text: string): boolean {
  return expression.test(text);
}
