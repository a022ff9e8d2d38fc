/** What happened, drawn. */
export function Panel() {
  return (
    <div class="empty">
      <p>Nothing to draw yet.</p>
    </div>
  );
}
