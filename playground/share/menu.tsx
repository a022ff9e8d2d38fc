/** Examples, files in and out, and the link. */
export function ShareMenu() {
  return <nav class="share-menu" aria-label="Files" />;
}
