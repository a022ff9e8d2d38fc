export function FileActions() {
  return null;
}
