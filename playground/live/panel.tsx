/** The calls of a running cordboard. */
export function Panel() {
  return (
    <div class="empty">
      <p>Not connected.</p>
    </div>
  );
}
