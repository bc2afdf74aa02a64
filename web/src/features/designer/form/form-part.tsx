/** The form on a canvas. */
export function FormPart() {
  return null;
}
