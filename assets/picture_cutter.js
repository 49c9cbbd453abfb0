// Choosing a picture and the round part of it that is seen (contract 08, section 3.9): move it, make it larger.
// What leaves is a small square JPEG as a data URL; what the browser cannot read leaves as an empty text.
import { createElement as h, useEffect, useRef, useState } from "react";
import { Button, Dialog, Flex, Text } from "@radix-ui/themes";

const SIDE = 256; // pixels of what leaves, and of the window that one looks through
const MAX_CHARS = 130_000; // of the data URL: 0.1 MB
const STEP = 8; // pixels per arrow key
const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
const CENTRE = { x: 0, y: 0, zoom: 1 };

const scaleOf = (image, zoom) => (SIDE / Math.min(image.width, image.height)) * zoom;

/** Where the picture may be: its edges never get into the window. */
function within(image, { x, y, zoom }) {
  const room = (length) => Math.max(0, (length * scaleOf(image, zoom) - SIDE) / 2);
  const held = (value, most) => Math.min(Math.max(value, -most), most);
  return { x: held(x, room(image.width)), y: held(y, room(image.height)), zoom };
}

function draw(canvas, image, { x, y, zoom }) {
  const [width, height] = [image.width, image.height].map((length) => length * scaleOf(image, zoom));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff"; // JPEG knows no transparency
  context.fillRect(0, 0, SIDE, SIDE);
  context.drawImage(image, (SIDE - width) / 2 + x, (SIDE - height) / 2 + y, width, height);
}

function asJpeg(canvas) {
  const made = [0.9, 0.8, 0.6, 0.4, 0.2].map((quality) => () => canvas.toDataURL("image/jpeg", quality));
  for (const make of made) if (make().length <= MAX_CHARS) return make();
  return "";
}

function Window({ image, place, onMove, label }) {
  const canvas = useRef(null);
  const held = useRef(null);
  useEffect(() => draw(canvas.current, image, place), [image, place]);
  const drag = (event) => {
    if (!held.current) return;
    onMove(event.clientX - held.current.x, event.clientY - held.current.y);
    held.current = { x: event.clientX, y: event.clientY };
  };
  const press = (event) => {
    if (!ARROWS[event.key]) return;
    event.preventDefault();
    onMove(...ARROWS[event.key]);
  };
  return h("canvas", {
    ref: canvas,
    width: SIDE,
    height: SIDE,
    role: "application",
    tabIndex: 0,
    "aria-label": label,
    onKeyDown: press,
    onPointerMove: drag,
    onPointerUp: () => (held.current = null),
    onPointerCancel: () => (held.current = null),
    onPointerDown: (event) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      held.current = { x: event.clientX, y: event.clientY };
    },
    style: {
      width: "min(16rem, 100%)",
      aspectRatio: "1",
      borderRadius: "50%",
      cursor: "move",
      touchAction: "none",
      boxShadow: "0 0 0 1px var(--gray-a6)",
      outlineOffset: "3px",
    },
  });
}

export function PictureCutter({ labels, onPicture, children }) {
  const [image, setImage] = useState(null);
  const [place, setPlace] = useState(CENTRE);
  const file = useRef(null);
  const choose = async (event) => {
    const chosen = event.target.files[0];
    event.target.value = ""; // so that the same file can be chosen again
    if (!chosen) return;
    try {
      const read = await createImageBitmap(chosen);
      setPlace(CENTRE);
      setImage(read);
    } catch {
      onPicture("");
    }
  };
  const close = () => setImage(null);
  const use = () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
    draw(canvas, image, place);
    onPicture(asJpeg(canvas));
    close();
  };
  const move = (x, y) => setPlace((now) => within(image, { x: now.x + x, y: now.y + y, zoom: now.zoom }));
  const dialog = image && h(Dialog.Root, { open: true, onOpenChange: close },
    h(Dialog.Content, { maxWidth: "24rem", "aria-describedby": undefined },
      h(Dialog.Title, null, labels.title),
      h(Flex, { direction: "column", gap: "4", align: "center" },
        h(Window, { image, place, onMove: move, label: labels.hint }),
        h(Text, { size: "2", color: "gray", align: "center" }, labels.hint),
        h(Flex, { align: "center", gap: "3", width: "100%" },
          h(Text, { size: "2", "aria-hidden": true }, labels.zoom),
          h("input", {
            type: "range", min: 1, max: 3, step: 0.1, value: place.zoom, "aria-label": labels.zoom,
            onChange: ({ target }) => setPlace((now) => within(image, { ...now, zoom: Number(target.value) })),
            style: { flex: 1, minWidth: 0, accentColor: "var(--accent-9)" },
          }),
        ),
        h(Flex, { justify: "end", gap: "3", width: "100%" },
          h(Button, { variant: "surface", color: "gray", onClick: close }, labels.cancel),
          h(Button, { onClick: use }, labels.save),
        ),
      ),
    ),
  );
  return h("span", null,
    h("input", { ref: file, type: "file", accept: "image/*", hidden: true, onChange: choose }),
    h("span", { onClick: () => file.current.click(), style: { display: "inline-flex" } }, children),
    dialog,
  );
}
