export function OutlinePart() {
  return null;
}
