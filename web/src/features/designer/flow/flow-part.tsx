/** The steps and arrows on a canvas. */
export function FlowPart() {
  return null;
}
