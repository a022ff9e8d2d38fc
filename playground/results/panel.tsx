/** Tests and traffic, and what came of them. */
export function Panel() {
  return (
    <div class="empty">
      <p>No test has run yet.</p>
    </div>
  );
}
