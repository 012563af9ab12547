// The breathing pacer: a circle that grows while one breathes in and shrinks while one
// breathes out. The page works without: it is then said in words.
//
// It goes by the clock of the movement itself, so that the tone and the word never drift
// away from the circle, and moves only once it was started.

for (const pacer of document.querySelectorAll("[data-pacer]")) pace(pacer);

function pace(pacer) {
  const one = (name) => pacer.querySelector(`[data-pacer-${name}]`);
  const button = (name) => pacer.querySelector(`[data-pacer-do="${name}"]`);
  const longest = Number(pacer.dataset.seconds) * 1000;
  const dark = one("dark");
  let moves = [];
  let began = 0; // by the clock of this page
  let breath = null; // "in" or "out"
  let ticker = 0;
  let sound = null;
  let lock = null;
  const isOn = { tone: false, buzz: false };

  const chosen = () => pacer.querySelector("[name=pace]:checked").value.split("-").map((seconds) => Number(seconds) * 1000);

  function start() {
    const [breathIn, breathOut] = chosen();
    const whole = breathIn + breathOut;
    stop();
    const shapes = { pacer__circle: ["scale(0.45)", "scale(1)"], pacer__bar: ["scaleX(0.05)", "scaleX(1)"] };
    moves = [...pacer.querySelectorAll("[data-pacer-moves]")].map((shape) => {
      const [small, large] = shapes[shape.className];
      const frames = [
        { transform: small, easing: "ease-in-out" },
        { transform: large, easing: "ease-in-out", offset: breathIn / whole },
        { transform: small },
      ];
      return shape.animate(frames, { duration: whole, iterations: Infinity });
    });
    began = Date.now();
    ticker = setInterval(() => tick(breathIn, whole), 100);
    tick(breathIn, whole);
    words();
    stayAwake();
  }

  function stop() {
    for (const move of moves) move.cancel();
    clearInterval(ticker);
    moves = [];
    breath = null;
    one("word").textContent = "";
    sound?.suspend().catch(() => {});
    lock?.release().catch(() => {});
    lock = null;
    words();
  }

  function tick(breathIn, whole) {
    if (longest > 0 && Date.now() - began >= longest && !("timed" in pacer.dataset)) return finish();
    const at = (moves[0]?.currentTime ?? 0) % whole;
    const now = at < breathIn ? "in" : "out";
    const left = Math.ceil(((now === "in" ? breathIn : whole) - at) / 1000);
    one("word").textContent = `${now === "in" ? "In" : "Out"} ${left}`;
    if (now === breath) return;
    breath = now;
    cue(now, (now === "in" ? breathIn : whole - breathIn) / 1000);
  }

  function finish() {
    stop();
    if (dark.open) dark.close();
    one("live").textContent = "Time is up. How is it now?";
  }

  function words() {
    const start = button("start");
    if (start) start.textContent = moves.length > 0 ? "Stop" : "Breathe with me";
  }

  /** A soft tone that rises with the breath in and falls with the breath out. */
  function cue(now, seconds) {
    if (isOn.buzz) navigator.vibrate?.(now === "in" ? 120 : [60, 80, 60]);
    if (!isOn.tone || !sound) return;
    const [from, to] = now === "in" ? [196, 294] : [294, 196];
    const at = sound.currentTime;
    const tone = new OscillatorNode(sound, { frequency: from });
    const gain = new GainNode(sound, { gain: 0 });
    tone.frequency.linearRampToValueAtTime(to, at + seconds);
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(0.08, at + 0.6);
    gain.gain.linearRampToValueAtTime(0, at + seconds - 0.2);
    tone.connect(gain).connect(sound.destination);
    tone.start(at);
    tone.stop(at + seconds);
  }

  // A browser lets a page sound only after a touch.
  function tune() {
    if (!isOn.tone || !("AudioContext" in window)) return;
    sound ??= new AudioContext();
    sound.resume().catch(() => {});
  }

  async function stayAwake() {
    if (!("wakeLock" in navigator) || "timed" in pacer.dataset) return;
    try {
      lock = await navigator.wakeLock.request("screen");
    } catch {
      lock = null; // Low battery, or not allowed.
    }
  }

  function turn(what, to) {
    isOn[what] = to;
    button(what).setAttribute("aria-pressed", String(to));
    breath = null; // the cue of this breath comes at once
    tune();
  }

  button("start")?.addEventListener("click", () => {
    if (moves.length > 0) return stop();
    tune();
    start();
  });
  for (const what of ["tone", "buzz"]) button(what).addEventListener("click", () => turn(what, !isOn[what]));
  button("buzz").hidden = !("vibrate" in navigator);
  button("tone").hidden = !("AudioContext" in window);
  button("dark").addEventListener("click", () => {
    turn("tone", true);
    if ("vibrate" in navigator) turn("buzz", true);
    if (moves.length === 0) start();
    dark.showModal();
  });
  dark.addEventListener("click", () => dark.close());
  for (const choice of pacer.querySelectorAll("[name=pace]")) {
    choice.addEventListener("change", () => {
      if (moves.length > 0) start();
    });
  }
  // The timer of a session leads, where there is one.
  pacer.addEventListener("breathe", ({ detail }) => {
    if (!detail.isOn) return moves.length > 0 ? stop() : undefined;
    if (detail.isFree && !isOn.tone) turn("tone", true);
    tune();
    if (moves.length === 0) start();
  });
  addEventListener("pagehide", stop);

  one("stage").hidden = false;
}
