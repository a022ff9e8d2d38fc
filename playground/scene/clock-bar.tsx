/** The virtual clock of the run: play, pause, step, speed and scrubber. */
export function ClockBar() {
  return <footer class="clock-bar" aria-label="Clock of the run" />;
}
