export function TextPart() {
  return null;
}
