/** Binary frames of the websocket: header lengths, JSON, buffers (docs/protocol.md, "How a host carries them"). */

export function packFrame(message: unknown, buffers: ArrayBuffer[]): ArrayBuffer {
  const json = new TextEncoder().encode(JSON.stringify(message));
  const header = 8 + 4 * buffers.length;
  const total = buffers.reduce((sum, buffer) => sum + buffer.byteLength, header + json.length);
  const frame = new Uint8Array(total);
  const view = new DataView(frame.buffer);
  view.setUint32(0, json.length, true);
  view.setUint32(4, buffers.length, true);
  let at = header;
  frame.set(json, at);
  at += json.length;
  buffers.forEach((buffer, index) => {
    view.setUint32(8 + 4 * index, buffer.byteLength, true);
    frame.set(new Uint8Array(buffer), at);
    at += buffer.byteLength;
  });
  return frame.buffer;
}

export function unpackFrame<T>(frame: ArrayBuffer): [message: T, buffers: DataView[]] {
  const view = new DataView(frame);
  const jsonLength = view.getUint32(0, true);
  const count = view.getUint32(4, true);
  let at = 8 + 4 * count;
  const message = JSON.parse(new TextDecoder().decode(new Uint8Array(frame, at, jsonLength))) as T;
  at += jsonLength;
  const buffers: DataView[] = [];
  for (let index = 0; index < count; index++) {
    const length = view.getUint32(8 + 4 * index, true);
    buffers.push(new DataView(frame, at, length));
    at += length;
  }
  return [message, buffers];
}
