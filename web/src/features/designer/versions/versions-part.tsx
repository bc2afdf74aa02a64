export function VersionsPart() {
  return null;
}
