// A guided session, one step at a time. The page works without this: it is then
// one list, with the times written beside the steps.
//
// Timers are computed from the clock and never counted, so that a screen that
// was off, or a page that slept, shows the right time when it is back.

const MINUTE = 60_000;
const SLOW_FINGER = 15_000; // from the end of a timer to the button that makes it longer
const TO_HEAR = 450; // a word, in milliseconds
const TO_READ = 200;
const TO_MOVE = 8_000; // after a step was said, until the next one comes by itself
const TO_SETTLE = 3_000; // before a timer starts by itself, and after it has ended
const form = document.querySelector("[data-session]");
if (form) guide(form);

function guide(form) {
  const one = (name) => form.querySelector(`[data-${name}]`);
  const button = (name) => form.querySelector(`[data-do="${name}"]`);
  const parts = [...form.querySelectorAll("[data-part]")];
  const where = document.querySelector("[data-where]");
  const leave = document.querySelector("[data-leave]");
  const toLeave = { words: leave.textContent, to: leave.getAttribute("href") };
  const key = `session:${form.getAttribute("action")}`;
  const opened = { page: Date.parse(form.elements.began.value), here: Date.now() };
  let index = 0;
  let timer = null;
  let isReading = false;
  let isChiming = true;
  let isFree = false; // hands-free: it goes on by itself
  let goesOn = null; // when

  /** What is for whoever begins where the person says they are. */
  const spot = () => form.elements.from?.value ?? "";
  const isFor = (part) => spot() === "" || (part.dataset.from ?? spot()) === spot();
  const steps = () => parts.filter((part) => part.dataset.part === "step" && isFor(part));

  // --- The timer of a step -------------------------------------------------

  // Waiting: neither ends nor left. Running: when it ends. Paused: what is left.
  function timerOf(part) {
    const face = part.querySelector("[data-timer]");
    if (!face) return null;
    const length = Number(face.dataset.seconds) * 1000;
    return { length, more: Number(face.dataset.more), used: 0, ends: null, left: null, said: Infinity };
  }

  function left(now = Date.now()) {
    const most = timer.length + timer.used;
    if (timer.ends !== null) return Math.min(timer.ends - now, most);
    return timer.left ?? timer.length;
  }

  function state() {
    if (!timer) return "none";
    if (timer.ends !== null) return left() > 0 ? "running" : "over";
    return timer.left === null ? "waiting" : "paused";
  }

  // What it ran over is used up as well: 20 minutes on the skin are 20 minutes.
  function usedWithOneMore() {
    return timer.used + (state() === "over" ? -left() : 0) + MINUTE;
  }

  function mayBeLonger() {
    return usedWithOneMore() <= timer.more * MINUTE + SLOW_FINGER;
  }

  function oneMore() {
    const was = state();
    timer.used = usedWithOneMore();
    if (was === "over") timer.ends = Date.now() + MINUTE;
    else if (was === "running") timer.ends += MINUTE;
    else timer.left += MINUTE;
    timer.said = Infinity;
  }

  function tick() {
    tickFree();
    const part = parts[index];
    const face = part.querySelector("[data-timer]");
    if (!face) return;
    const now = state();
    const seconds = Math.ceil(left() / 1000);
    const text = face.querySelector("[data-left]");
    if (now === "waiting") text.textContent = face.dataset.words;
    else if (now !== "over") text.textContent = digits(seconds);
    else text.textContent = left() > -MINUTE ? "Time is up" : `Time was up ${ago(-left())} ago`;
    face.classList.toggle("session__time--over", now === "over");
    face.classList.toggle("session__time--running", now === "running" || now === "paused");
    if (now === "running") tell(seconds);
    if (now === "over" && !button("more").hidden && !mayBeLonger()) controls();
    if (now === "over" && timer.said > 0) {
      timer.said = 0;
      announce("Time is up.");
      speak("Time is up.");
      ring();
      controls();
      save();
      wait(TO_SETTLE);
    }
  }

  // --- Hands-free -----------------------------------------------------------

  /** Goes on by itself after so long, where nobody wants to press anything. */
  function wait(time) {
    goesOn = isFree && parts[index].dataset.part === "step" ? Date.now() + time : null;
  }

  /** A step is said, and then done. */
  function waitForStep() {
    const said = words().split(/\s+/).length * TO_HEAR;
    wait(said + (timer ? TO_SETTLE : TO_MOVE));
  }

  function tickFree() {
    if (goesOn === null) return;
    // A slow voice is let finish.
    if (isReading && speechSynthesis.speaking) goesOn = Math.max(goesOn, Date.now() + TO_SETTLE);
    if (Date.now() < goesOn) return place();
    goesOn = null;
    act("main");
  }

  function free(to) {
    isFree = to;
    press("free", to);
    if (to !== isReading) read(to);
    if (state() === "waiting" || state() === "none") waitForStep();
    if (!to) goesOn = null;
    place();
    save();
  }

  /** Where the person is in the session. */
  function place() {
    const step = steps().indexOf(parts[index]) + 1;
    const soon = goesOn === null ? "" : ` · ${Math.max(0, Math.ceil((goesOn - Date.now()) / 1000))} s`;
    where.textContent = step ? `Step ${step} of ${steps().length}${soon}` : "";
  }

  /** The pacer of this step goes with its timer. */
  function breathe() {
    for (const pacer of form.querySelectorAll("[data-pacer]")) {
      const isOn = parts[index].contains(pacer) && state() === "running";
      pacer.dispatchEvent(new CustomEvent("breathe", { detail: { isOn, isFree } }));
    }
  }

  // When to stop folds once it was in view for long enough to be read, and only as the step
  // changes: nothing moves under a finger, and no danger goes away unread.
  const stopBox = document.querySelector("[data-stop]");
  const reading = { of: stopBox.textContent.trim().split(/\s+/).length * TO_READ, done: 0, since: null, hasFolded: false };
  new IntersectionObserver(([{ isIntersecting }]) => {
    if (reading.since !== null) reading.done += Date.now() - reading.since;
    reading.since = isIntersecting ? Date.now() : null;
  }, { threshold: 0.99 }).observe(stopBox);

  function fold() {
    const read = reading.done + (reading.since === null ? 0 : Date.now() - reading.since);
    if (reading.hasFolded || read < reading.of) return;
    reading.hasFolded = true;
    stopBox.open = false;
  }

  // At whole minutes, less often far from the end, and each of the last ten seconds.
  function tell(seconds) {
    const mark = seconds <= 10 ? seconds : Math.ceil(seconds / 60) * 60;
    const isDue = mark >= seconds && mark < timer.said;
    const isFirst = timer.said === Infinity;
    timer.said = Math.min(timer.said, seconds);
    if (!isDue || isFirst) return;
    const minutes = mark / 60;
    if (seconds <= 10) announce(seconds === 10 ? "10 seconds left" : String(seconds));
    else if (minutes <= 5 || minutes % 5 === 0) announce(minutes === 1 ? "1 minute left" : `${minutes} minutes left`);
  }

  // --- What is shown -------------------------------------------------------

  function show(to, kept = null) {
    index = Math.max(0, Math.min(to, parts.length - 1));
    const part = parts[index];
    for (const other of parts) other.hidden = other !== part;
    one("steps").hidden = part.dataset.part !== "step";
    form.classList.toggle("session__form--step", part.dataset.part === "step");
    timer = timerOf(part);
    if (timer && kept) Object.assign(timer, kept);
    const face = part.querySelector("[data-timer]");
    if (face) face.dataset.words ??= face.querySelector("[data-left]").textContent;
    one("done").hidden = true;
    const isStep = part.dataset.part === "step";
    leave.textContent = isStep ? "Leave" : toLeave.words;
    leave.setAttribute("href", isStep ? "/" : toLeave.to);
    goesOn = null;
    controls();
    tick();
    save();
    if (part.dataset.part === "after") letSleep();
  }

  /** To the next part that is for this person, or back to the one before. */
  function move(by) {
    let to = index + by;
    while (parts[to] && !isFor(parts[to])) to += by;
    go(to);
  }

  function go(to) {
    const isLost = document.activeElement?.closest("[data-part]");
    fold();
    show(to);
    if (isLost) button("main").focus({ preventScroll: true });
    // A phone on its side has no room for what stands above the session.
    const isLow = matchMedia("(max-height: 30rem)").matches;
    window.scrollTo({ top: isLow ? form.closest(".session").offsetTop : 0, behavior: "instant" });
    announce(words());
    speak(words());
    waitForStep();
    place();
  }

  function words() {
    const part = parts[index];
    const said = part.querySelector(".session__do, legend").textContent.trim();
    const face = part.querySelector("[data-timer]");
    return face ? `${said} ${face.dataset.words}.` : said;
  }

  function controls() {
    const part = parts[index];
    const kind = part.dataset.part;
    const now = state();
    const isLast = part === steps().at(-1);
    place();
    breathe();
    const next = isLast ? "Finish" : "Next step";
    const main = { none: next, waiting: "Start the timer", running: "Pause", paused: "Go on", over: next }[now];
    button("main").textContent = { before: "Begin", after: "Done" }[kind] ?? main;
    const focused = document.activeElement;
    button("back").hidden = index === 0;
    button("free").hidden = kind === "before" || !("speechSynthesis" in window);
    button("skip").hidden = !["waiting", "running", "paused"].includes(now);
    button("more").hidden = !["running", "paused", "over"].includes(now) || !mayBeLonger();
    // Who works by keyboard is not left on a button that went away.
    if (focused?.matches("[data-do]") && focused.hidden) button("main").focus({ preventScroll: true });
  }

  function act(what) {
    const kind = parts[index].dataset.part;
    const now = state();
    goesOn = null;
    if (what === "back") return move(-1);
    if (what === "skip") return move(1);
    if (what === "more" && !mayBeLonger()) return controls();
    if (what === "more") oneMore();
    else if (kind === "after") return form.requestSubmit();
    else if (kind === "before") return begin();
    else if (now === "none" || now === "over") return move(1);
    else if (now === "waiting") timer.ends = Date.now() + timer.length;
    else if (now === "paused") Object.assign(timer, { ends: Date.now() + timer.left, left: null });
    else Object.assign(timer, { left: Math.max(left(), 0), ends: null });
    if (now === "waiting") tune();
    if (what === "more") announce(`1 more minute, so ${ago(left() + MINUTE - 1)} left`);
    else announce({ waiting: "Timer started", running: "Paused", paused: "Timer goes on" }[now]);
    controls();
    tick();
    save();
  }

  function begin() {
    // By the clock of the record: this one may be wrong, but it knows how long it has been.
    form.elements.began.value = new Date(opened.page + Date.now() - opened.here).toISOString();
    tune();
    stayAwake();
    move(1);
  }

  function announce(text) {
    one("live").textContent = text;
  }

  // --- Kept in this tab only, in case the phone drops the page --------------

  function save() {
    const before = form.elements.before.value;
    const name = document.querySelector(".session__name").textContent;
    const kept = { at: Date.now(), name, index, timer, before, from: spot(), isFree, began: form.elements.began.value };
    try {
      if (index === 0) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(kept));
    } catch {
      // Without storage the session still runs; it only cannot be picked up again.
    }
  }

  function forget() {
    try {
      sessionStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  }

  function pickUp() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(key));
    } catch {
      return show(0);
    }
    const now = Date.now();
    const isFresh = kept && now - Math.max(kept.at, kept.timer?.ends ?? 0) < 60 * MINUTE;
    if (!isFresh || !parts[kept.index]) return show(0);
    form.elements.before.value = kept.before;
    form.elements.began.value = kept.began;
    if (kept.from && form.elements.from) form.elements.from.value = kept.from;
    if (kept.timer) kept.timer.said ??= Infinity;
    show(kept.index, kept.timer);
    if (kept.isFree) free(true);
    stayAwake();
  }

  // --- The screen, the voice, the sound -------------------------------------

  let lock = null;
  async function stayAwake() {
    if (!("awake" in form.dataset) || !("wakeLock" in navigator) || document.visibilityState !== "visible") return;
    try {
      lock = await navigator.wakeLock.request("screen");
    } catch {
      lock = null; // Low battery, or not allowed: the timers run all the same.
    }
  }

  function letSleep() {
    lock?.release().catch(() => {});
    lock = null;
  }

  function speak(text) {
    if (!isReading) return;
    speechSynthesis.cancel();
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = document.documentElement.lang;
    speechSynthesis.speak(utterance);
  }

  // A browser lets a page sound only after a touch, so the sound is made ready at one.
  let sound = null;
  function tune() {
    if (!("AudioContext" in window)) return;
    sound ??= new AudioContext();
    sound.resume().catch(() => {});
  }

  function ring() {
    if (!isChiming) return;
    navigator.vibrate?.([200, 120, 200]);
    if (!sound) return;
    for (const [at, pitch] of [[0, 523], [0.35, 659]]) {
      const tone = new OscillatorNode(sound, { frequency: pitch });
      const from = sound.currentTime + at;
      const gain = new GainNode(sound, { gain: 0 });
      gain.gain.setValueAtTime(0, from);
      gain.gain.linearRampToValueAtTime(0.15, from + 0.04);
      gain.gain.exponentialRampToValueAtTime(0.001, from + 0.9);
      tone.connect(gain).connect(sound.destination);
      tone.start(from);
      tone.stop(from + 1);
    }
  }

  function press(name, isOn) {
    button(name).setAttribute("aria-pressed", String(isOn));
  }

  function read(to) {
    isReading = to;
    press("read", to);
    if (to && index > 0) speak(words());
    else speechSynthesis.cancel();
  }

  // --- Wiring ---------------------------------------------------------------

  for (const name of ["main", "back", "more", "skip"]) button(name).addEventListener("click", () => act(name));

  button("read").hidden = !("speechSynthesis" in window);
  button("read").addEventListener("click", () => read(!isReading));
  button("free").addEventListener("click", () => free(!isFree));
  one("free").hidden = !("speechSynthesis" in window);
  button("begin-free").addEventListener("click", () => {
    free(true);
    begin();
  });
  button("chime").hidden = !("AudioContext" in window || "vibrate" in navigator);
  button("chime").addEventListener("click", () => {
    isChiming = !isChiming;
    press("chime", isChiming);
  });

  form.addEventListener("change", () => {
    const above = one("above");
    const before = form.elements.before.value;
    if (above) above.hidden = before === "" || Number(before) < Number(form.dataset.usual) + 2;
    save();
  });
  form.addEventListener("submit", (event) => {
    if (parts[index].dataset.part === "after") return forget();
    event.preventDefault();
    act("main");
  });
  window.addEventListener("pagehide", () => {
    if ("speechSynthesis" in window) speechSynthesis.cancel();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    tick();
    if (parts[index].dataset.part === "step") stayAwake();
  });

  form.classList.add("session__form--guided");
  // A step without a picture keeps the one before it, to look at.
  let seen = form.querySelector(".session__step .figure img");
  for (const step of parts.filter((part) => part.dataset.part === "step")) {
    const own = step.querySelector(".figure img");
    if (!own && seen && !step.querySelector("[data-pacer]")) {
      const figure = Object.assign(document.createElement("div"), { className: "figure" });
      figure.append(Object.assign(seen.cloneNode(), { alt: "" }));
      step.append(figure);
    }
    seen = own ?? seen;
  }
  if (one("spots")) one("spots").hidden = false;
  one("bar").hidden = false;
  one("tools").hidden = false;
  pickUp();
  setInterval(tick, 250);
}

function digits(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const rest = two(seconds % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

function ago(time) {
  const minutes = Math.floor(time / MINUTE);
  if (minutes < 60) return minutes === 1 ? "1 minute" : `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  return hours === 1 ? "over an hour" : `over ${hours} hours`;
}
