/** The run by hand. */
export function Panel() {
  return (
    <div class="empty">
      <p>Nothing runs yet.</p>
    </div>
  );
}
