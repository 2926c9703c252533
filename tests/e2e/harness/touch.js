// Touches by script, for a driver without touch: pointer events of type "touch" with pointer capture, and a click
// after a tap. Arguments: frames, a list of lists of [finger, "down" | "move" | "up", x, y].
const [frames, pauseMs, done] = arguments;
const FIRST_ID = 9000;
const held = (window.__e2eHeld ??= new Map());

// The page may capture a pointer that the browser does not know: these three answer for the scripted ids alone.
if (!window.__e2eCapture) {
  window.__e2eCapture = new Map();
  const of = Element.prototype;
  const native = { set: of.setPointerCapture, has: of.hasPointerCapture, release: of.releasePointerCapture };
  of.setPointerCapture = function (id) {
    if (id < FIRST_ID) return native.set.call(this, id);
    window.__e2eCapture.set(id, this);
    tell("gotpointercapture", this, id);
  };
  of.hasPointerCapture = function (id) {
    return id < FIRST_ID ? native.has.call(this, id) : window.__e2eCapture.get(id) === this;
  };
  of.releasePointerCapture = function (id) {
    if (id < FIRST_ID) return native.release.call(this, id);
    letGo(id);
  };
}

function tell(type, target, id) {
  target.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, pointerId: id, pointerType: "touch" }));
}

function letGo(id) {
  const captor = window.__e2eCapture.get(id);
  window.__e2eCapture.delete(id);
  if (captor) tell("lostpointercapture", captor, id);
}

function under(x, y) {
  let element = document.elementFromPoint(x, y) || document.documentElement;
  while (element.shadowRoot) {
    const inner = element.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === element) break;
    element = inner;
  }
  return element;
}

function send(type, target, finger, x, y, isDown) {
  const id = FIRST_ID + finger;
  const isMove = type === "pointermove";
  const event = new PointerEvent(type, {
    bubbles: true, cancelable: true, composed: true, view: window, detail: 0,
    pointerId: id, pointerType: "touch", isPrimary: finger === 0, width: 20, height: 20, pressure: isDown ? 0.5 : 0,
    clientX: x, clientY: y, screenX: x, screenY: y, button: isMove ? -1 : 0, buttons: isDown ? 1 : 0,
  });
  return (window.__e2eCapture.get(id) || target).dispatchEvent(event);
}

function act([finger, what, x, y]) {
  const target = held.get(finger)?.target || under(x, y);
  if (what === "down") {
    held.set(finger, { target, x, y, at: performance.now(), alone: held.size === 0 });
    send("pointerover", target, finger, x, y, true);
    send("pointerdown", target, finger, x, y, true);
  } else if (what === "move") {
    send("pointermove", target, finger, x, y, true);
  } else {
    const start = held.get(finger);
    held.delete(finger);
    send("pointerup", target, finger, x, y, false);
    send("pointerout", target, finger, x, y, false);
    letGo(FIRST_ID + finger);
    const isTap = start && start.alone && Math.hypot(x - start.x, y - start.y) < 10 && performance.now() - start.at < 500;
    if (isTap && target.isConnected) {
      target.closest("button, input, select, textarea, a[href], [tabindex]")?.focus();
      const options = { bubbles: true, cancelable: true, composed: true, view: window, detail: 1, clientX: x, clientY: y };
      target.dispatchEvent(new PointerEvent("click", { ...options, pointerId: FIRST_ID + finger, pointerType: "touch" }));
    }
  }
}

(async () => {
  for (const frame of frames) {
    frame.forEach(act);
    await new Promise((resume) => setTimeout(resume, pauseMs));
  }
  done(true);
})();
